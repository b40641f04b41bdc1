package io.dynaload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.item.KeyAttribute;
import io.dynaload.item.KeySchema;
import io.dynaload.item.KeyType;
import io.dynaload.rebalance.Route;
import io.dynaload.source.SourceSchema;
import io.dynaload.source.SourceTraits;
import io.dynaload.transform.Changes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoutesTest {
  private static final KeyAttribute DEVICE = new KeyAttribute("device", KeyType.S);
  private static final KeyAttribute TIME = new KeyAttribute("time", KeyType.N);
  private static final KeySchema BY_DEVICE = new KeySchema(DEVICE, null);
  private static final KeySchema BY_BOTH = new KeySchema(DEVICE, TIME);

  private static final SourceTraits UNIQUE = new SourceTraits(true, true, false);
  private static final SourceTraits REPEATED = new SourceTraits(true, false, false);

  private static final Routes EVENLY_STRAIGHT =
      new Routes(new Route.Evenly(), new Route.Straight());

  private static SourceSchema keyed(String... keys) {
    return new SourceSchema(
        Map.of("device", "S", "time", "N", "on", "BOOL", "site", "S"), List.of(keys));
  }

  private static Routes byTableKeyAtOnce(KeySchema table) {
    return new Routes(new Route.ByTableKey(table), new Route.Straight());
  }

  @Test
  void rowsThatAreItemsOfTheirOwnAreSpreadEvenlyAndGoStraightOn() {
    assertThat(Routes.of(UNIQUE, keyed("device", "time"), BY_BOTH, Changes.NONE))
        .isEqualTo(EVENLY_STRAIGHT);
    assertThat(Routes.of(UNIQUE, keyed("time", "device"), BY_BOTH, Changes.NONE))
        .isEqualTo(EVENLY_STRAIGHT);
    // Of two rows of one device there is none.
    assertThat(Routes.of(UNIQUE, keyed("device"), BY_BOTH, Changes.NONE))
        .isEqualTo(EVENLY_STRAIGHT);
  }

  @Test
  void rowsThatOnlyTheTablesKeyMakesOneItemGoByThatKey() {
    assertThat(Routes.of(UNIQUE, keyed("device", "time"), BY_DEVICE, Changes.NONE))
        .isEqualTo(byTableKeyAtOnce(BY_DEVICE));
    assertThat(Routes.of(UNIQUE, keyed("site", "device"), BY_BOTH, Changes.NONE))
        .isEqualTo(byTableKeyAtOnce(BY_BOTH));
  }

  @Test
  void rowsWhoseKeyIsNotKnownMayBeOneItem() {
    assertThat(Routes.of(UNIQUE, keyed(), BY_BOTH, Changes.NONE))
        .isEqualTo(byTableKeyAtOnce(BY_BOTH));
  }

  @Test
  void repeatedKeysGoByTheTablesKeyAtOnceIfTheTransformKeepsIt() {
    assertThat(Routes.of(REPEATED, keyed("device", "time"), BY_BOTH, Changes.NONE))
        .isEqualTo(byTableKeyAtOnce(BY_BOTH));
    assertThat(Routes.of(REPEATED, keyed(), BY_DEVICE, Changes.NONE))
        .isEqualTo(byTableKeyAtOnce(BY_DEVICE));
  }

  @Test
  void behindATransformThatMayChangeKeysItemsGoByTheTablesKey() {
    assertThat(Routes.of(UNIQUE, keyed("device", "time"), BY_BOTH, Changes.ALL))
        .isEqualTo(new Routes(new Route.Evenly(), new Route.ByTableKey(BY_BOTH)));
    assertThat(Routes.of(REPEATED, keyed("device", "time"), BY_DEVICE, Changes.ALL))
        .isEqualTo(
            new Routes(
                new Route.BySourceKey(List.of(DEVICE, TIME)), new Route.ByTableKey(BY_DEVICE)));
    assertThat(Routes.of(REPEATED, keyed(), BY_BOTH, Changes.ALL))
        .isEqualTo(new Routes(new Route.ByUnit(), new Route.ByTableKey(BY_BOTH)));
  }

  @Test
  void aSourcesKeyThatCannotBeHashedAsOneKeepsTheOrderOfUnits() {
    assertThat(Routes.of(REPEATED, keyed("device", "on"), BY_BOTH, Changes.ALL).toTransform())
        .isEqualTo(new Route.ByUnit());
  }

  @Test
  void ofATransformOnlyTheKeysThatItMayChangeMatter() {
    SourceSchema byDevice = keyed("device");
    assertThat(Routes.of(UNIQUE, byDevice, BY_BOTH, Changes.of("site"))).isEqualTo(EVENLY_STRAIGHT);
    // Rows stay apart by their device, whatever becomes of the time.
    assertThat(Routes.of(UNIQUE, byDevice, BY_BOTH, Changes.of("time"))).isEqualTo(EVENLY_STRAIGHT);
    assertThat(Routes.of(UNIQUE, byDevice, BY_BOTH, Changes.of("device")))
        .isEqualTo(new Routes(new Route.Evenly(), new Route.ByTableKey(BY_BOTH)));
    assertThat(Routes.of(REPEATED, byDevice, BY_BOTH, Changes.of("site")))
        .isEqualTo(byTableKeyAtOnce(BY_BOTH));
    assertThat(Routes.of(REPEATED, byDevice, BY_BOTH, Changes.of("time")))
        .isEqualTo(
            new Routes(new Route.BySourceKey(List.of(DEVICE)), new Route.ByTableKey(BY_BOTH)));
  }

  private static Optional<String> warning(SourceSchema schema, KeySchema table, String... sink) {
    Path example = Path.of(System.getProperty("dynaload.home", "."), "examples/lindorm.yaml");
    ImportFile file = ImportFile.read(example, List.of(sink));
    return Routes.warning(schema, file.sink(), table, Changes.NONE);
  }

  @Test
  void warnsOfRowsThatDifferAtTheSourceOnly() {
    assertThat(warning(keyed("device", "time"), BY_DEVICE, "sink.table=latest"))
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .startsWith(
                        "the source tells rows apart by device, time, the table latest by device.")
                    .contains("newer-wins"));
    assertThat(warning(keyed("device", "time"), BY_BOTH)).isEmpty();
    assertThat(warning(keyed(), BY_DEVICE)).isEmpty();
    assertThat(
            warning(
                keyed("device", "time"),
                BY_DEVICE,
                "sink.write-mode=newer-wins",
                "sink.version-attribute=time"))
        .isEmpty();
  }

  @Test
  void theTextTellsRoutesApart() {
    assertThat(Routes.of(REPEATED, keyed("device", "time"), BY_DEVICE, Changes.ALL))
        .hasToString(
            "to the transform by the source's key device:S, time:N, to the sink by the table's key"
                + " device:S");
    assertThat(EVENLY_STRAIGHT).hasToString("to the transform evenly, to the sink straight");
  }
}
