package org.frameline.protocol;

import java.util.Locale;

/** How a ventilator deals out frames to workers; both sides must be told the same. */
public enum Dispatch {
  /** PUSH and PULL: whoever has room in its queue gets the next frame. */
  PUSH,
  /** ROUTER and DEALER: a worker asks for as many frames as it can hold. */
  CREDIT;

  /**
   * The way with this name on the command line.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Dispatch ofOptionName(String name) {
    for (Dispatch dispatch : values()) {
      if (dispatch.name().toLowerCase(Locale.ROOT).equals(name)) {
        return dispatch;
      }
    }
    throw new IllegalArgumentException("expected push or credit, found " + name);
  }
}
