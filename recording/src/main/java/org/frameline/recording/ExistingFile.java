package org.frameline.recording;

/** What to do when the file to record to is already there. */
public enum ExistingFile {
  /** Leave it alone and fail. */
  REFUSE,
  /** Replace it. The old file stays until the new one is valid. */
  OVERWRITE,
  /** Add a further entry to it: {@code entry_2} and so on. A file that is not there is created. */
  APPEND
}
