package org.frameline.transfer;

/**
 * Names with {@code *} for any characters and {@code ?} for one. Takes no longer than the pattern's
 * length times the name's, whatever is in them. Immutable.
 */
record NamePattern(String pattern) {
  /** Whether it stands for one name, which then is the pattern itself. */
  boolean isName() {
    return pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0;
  }

  boolean matches(String name) {
    int at = 0;
    int of = 0;
    int star = -1;
    int afterStar = 0;
    while (at < name.length()) {
      char wanted = of < pattern.length() ? pattern.charAt(of) : 0;
      if (wanted == '*') {
        star = of++;
        afterStar = at;
      } else if (of < pattern.length() && (wanted == '?' || wanted == name.charAt(at))) {
        of++;
        at++;
      } else if (star >= 0) {
        // The last star takes one character more; those before it need not.
        of = star + 1;
        at = ++afterStar;
      } else {
        return false;
      }
    }
    return pattern.substring(of).chars().allMatch(c -> c == '*');
  }
}
