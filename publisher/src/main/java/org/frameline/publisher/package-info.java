/**
 * The publisher: owns the camera and sends every frame to whoever subscribed. Cameras are in {@code
 * source}, the only home of JavaCV.
 */
package org.frameline.publisher;
