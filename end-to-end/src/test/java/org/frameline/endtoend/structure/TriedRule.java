package org.frameline.endtoend.structure;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;

/**
 * A rule, and classes that break it.
 *
 * @param rule what must hold for our classes
 * @param offenders names of made classes; each set breaks the rule by itself
 */
record TriedRule(ArchRule rule, List<Set<String>> offenders) {
  TriedRule {
    if (offenders.isEmpty()) {
      throw new IllegalArgumentException("expected classes that break: " + rule.getDescription());
    }
    offenders = List.copyOf(offenders);
  }
}
