/** What the commands do with files that somebody else wrote, or something damaged. */
package org.frameline.endtoend.files;
