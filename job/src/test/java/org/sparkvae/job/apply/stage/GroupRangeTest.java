package org.sparkvae.job.apply.stage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GroupRangeTest {
  @Test
  void partsFollowEachOtherAndAGroupIsInThePartThatHoldsIt() {
    for (int groups = 1; groups <= 40; groups++) {
      for (int parts = 1; parts <= groups; parts++) {
        int next = 3;
        GroupRange whole = new GroupRange(3, 3 + groups);
        for (int part = 0; part < parts; part++) {
          GroupRange of = GroupRange.part(part, parts, groups);
          assertThat(of.count()).isBetween(groups / parts, (groups - 1) / parts + 1);
          for (int group = of.from(); group < of.to(); group++) {
            assertThat(whole.partOf(3 + group, parts)).isEqualTo(part);
            assertThat(3 + group).isEqualTo(next++);
          }
        }
        assertThat(next).isEqualTo(3 + groups);
      }
    }
  }
}
