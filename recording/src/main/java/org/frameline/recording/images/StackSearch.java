package org.frameline.recording.images;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.frameline.recording.EntryNames;

/** Finds the stack of images in a file that anybody may have written. Without state. */
final class StackSearch {
  private static final int DEEPEST = 32;

  private StackSearch() {}

  /**
   * The dataset of a path, or, when that is null, the one that the file says to show (NeXus
   * {@code @default} and {@code @signal}), or the first with three or four dimensions.
   *
   * @throws IOException saying what was expected and what is there
   */
  static Dataset find(HdfFile file, String path) throws IOException {
    if (path != null) {
      return named(file, path);
    }
    return shown(file, DEEPEST)
        .or(() -> first(file, new HashSet<>(), DEEPEST))
        .orElseThrow(
            () -> new IOException("expected a dataset with 3 or 4 dimensions, found none"));
  }

  private static Dataset named(HdfFile file, String path) throws IOException {
    Node node;
    try {
      node = file.getByPath(path);
    } catch (HdfException e) {
      throw new IOException("expected a dataset " + path + ", found none", e);
    }
    if (!(node instanceof Dataset dataset)) {
      throw new IOException("expected a dataset " + path + ", found a group");
    }
    if (!isStack(dataset)) {
      throw new IOException(
          path + ": expected 3 or 4 dimensions, found " + dataset.getDimensions().length);
    }
    return dataset;
  }

  private static boolean isStack(Dataset dataset) {
    int rank = dataset.getDimensions().length;
    return rank == 3 || rank == 4;
  }

  private static Optional<Dataset> shown(Group group, int deepest) {
    Optional<Dataset> signal =
        child(group, "signal").filter(Dataset.class::isInstance).map(Dataset.class::cast);
    if (signal.isPresent() || deepest == 0) {
      return signal.filter(StackSearch::isStack);
    }
    return child(group, EntryNames.DEFAULT)
        .filter(Group.class::isInstance)
        .flatMap(next -> shown((Group) next, deepest - 1));
  }

  /** What an attribute of a group names. */
  private static Optional<Node> child(Group group, String attribute) {
    try {
      Attribute found = group.getAttribute(attribute);
      return found != null && found.getData() instanceof String name
          ? Optional.ofNullable(group.getChildren().get(name))
          : Optional.empty();
    } catch (RuntimeException e) {
      // It names a link that leads nowhere, or is damaged.
      return Optional.empty();
    }
  }

  private static Optional<Dataset> first(Group group, Set<Long> seen, int deepest) {
    if (deepest == 0 || !seen.add(group.getAddress())) {
      return Optional.empty();
    }
    for (Node node : group.getChildren().values()) {
      Optional<Dataset> found = Optional.empty();
      // What is linked is somewhere else as well, or in another file.
      if (!node.isLink() && node instanceof Dataset dataset && isStack(dataset)) {
        found = Optional.of(dataset);
      } else if (!node.isLink() && node instanceof Group inner) {
        found = first(inner, seen, deepest - 1);
      }
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
