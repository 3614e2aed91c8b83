/** Files of one machine on another: {@code frameline serve} and {@code frameline fetch}. */
package org.frameline.transfer;
