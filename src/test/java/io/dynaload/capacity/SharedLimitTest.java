package io.dynaload.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.capacity.SharedLimit.Share;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SharedLimitTest {
  private static final TableCapacity PROVISIONED =
      new TableCapacity(OptionalLong.of(1_000), OptionalLong.empty(), OptionalLong.empty());
  private static final TableCapacity WARM =
      new TableCapacity(OptionalLong.empty(), OptionalLong.of(12_000), OptionalLong.empty());

  /** The limit of a job, as its sink sees it. */
  private static final class Job implements AutoCloseable {
    private final CapacityLimit limit = new CapacityLimit();
    private final DividedLimit part;

    Job(@Nullable Share share, String asked, TableCapacity table) {
      part = DividedLimit.join(share, limit::observe);
      observe(asked, table);
    }

    void observe(String asked, TableCapacity table) {
      part.observe(
          asked.isEmpty() ? new AskedCapacity.ByTable() : AskedCapacity.parse(asked), table);
    }

    double units() {
      return limit.unitsASecond();
    }

    @Override
    public void close() {
      part.close();
    }
  }

  @Test
  void aJobThatSharesWithNobodyHasItAll() {
    try (Job job = new Job(null, "700", PROVISIONED)) {
      assertThat(job.units()).isEqualTo(700);
    }
  }

  @Test
  void thePartsFollowTheNumberOfJobsThatRun() {
    Share share = new Share("t", 3);
    try (SharedLimit limit = SharedLimit.open(List.of("t"));
        Job first = new Job(share, "900", PROVISIONED)) {
      assertThat(first.units()).isEqualTo(900);
      try (Job second = new Job(share, "900", PROVISIONED)) {
        assertThat(List.of(first.units(), second.units())).containsOnly(450.0);
        try (Job third = new Job(share, "900", PROVISIONED)) {
          assertThat(List.of(first.units(), second.units(), third.units())).containsOnly(300.0);
        }
        assertThat(List.of(first.units(), second.units())).containsOnly(450.0);
      }
      assertThat(first.units()).isEqualTo(900);
    }
  }

  @Test
  void theOthersAreTakenFromBeforeOneBegins() {
    Share share = new Share("t", 2);
    try (SharedLimit limit = SharedLimit.open(List.of("t"));
        Job first = new Job(share, "900", PROVISIONED);
        DividedLimit second = DividedLimit.join(share, (asked, table) -> {})) {
      assertThat(first.units()).isEqualTo(450);
    }
  }

  @Test
  void otherLimitsAreNoneOfItsConcern() {
    try (SharedLimit limits = SharedLimit.open(List.of("t", "u"));
        Job first = new Job(new Share("t", 2), "900", PROVISIONED);
        Job second = new Job(new Share("u", 2), "900", PROVISIONED)) {
      assertThat(List.of(first.units(), second.units())).containsOnly(900.0);
    }
  }

  @Test
  void whereNobodyCountsTheJobsItIsDividedByTheMostOfThem() {
    try (Job only = new Job(new Share("elsewhere", 3), "900", PROVISIONED)) {
      assertThat(only.units()).isEqualTo(300);
      only.observe("600", PROVISIONED);
      assertThat(only.units()).isEqualTo(200);
    }
  }

  @Test
  void percentagesAndDefaultsAreDividedToo() {
    Share thirds = new Share("elsewhere", 3);
    try (Job asked = new Job(thirds, "60%", PROVISIONED);
        Job nothing = new Job(thirds, "", PROVISIONED)) {
      assertThat(asked.units()).isEqualTo(200);
      assertThat(nothing.units()).isBetween(266.6, 266.7);
    }
  }

  @Test
  void ofALimitThatIsFoundOnlyTheBeginningIsDivided() {
    try (Job job = new Job(new Share("elsewhere", 3), "adaptive", WARM)) {
      assertThat(job.units()).isEqualTo(4_000);
    }
  }

  @Test
  void aPartIsAtLeastOneUnit() {
    try (Job job = new Job(new Share("elsewhere", 3), "2", PROVISIONED)) {
      assertThat(job.units()).isEqualTo(1);
    }
  }
}
