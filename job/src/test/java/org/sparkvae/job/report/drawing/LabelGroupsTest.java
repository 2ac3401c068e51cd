package org.sparkvae.job.report.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelGroupsTest {
  /** Labels may bear the name of those that have no colour, or of none. */
  @Test
  void noPointIsLostWhateverLabelsAreCalled() {
    int labels = Style.LABELS.size() + 3;
    Map<Integer, String> names = new HashMap<>(Map.of(0, "other", 1, "no label"));
    for (int label = 2; label < labels; label++) {
      names.put(label, "label " + label);
    }
    // More of the first, so that they have colours, and some of no label.
    int[] given = new int[3 * labels];
    for (int i = 0; i < given.length; i++) {
      given[i] = i < 2 * labels ? i % 2 : i % labels - 1;
    }

    LabelGroups groups = LabelGroups.of(new float[given.length][2], given, names);

    assertThat(groups.groups().values().stream().mapToInt(List::size).sum())
        .isEqualTo(given.length);
    assertThat(groups.groups()).hasSizeLessThanOrEqualTo(Style.LABELS.size());
  }
}
