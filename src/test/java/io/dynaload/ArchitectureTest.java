package io.dynaload;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds the direction of the code: cli → pipeline → stages → item, config, metrics, aws, … */
@AnalyzeClasses(packages = "io.dynaload", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule dependenciesPointInOneDirection =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("cli")
          .definedBy("io.dynaload.cli..")
          .layer("emr")
          .definedBy("io.dynaload.emr..")
          .layer("local")
          .definedBy("io.dynaload.local..")
          .layer("pipeline")
          .definedBy("io.dynaload.pipeline..")
          .layer("source")
          .definedBy("io.dynaload.source..")
          .layer("rebalance")
          .definedBy("io.dynaload.rebalance..")
          .layer("transform")
          .definedBy("io.dynaload.transform..")
          .layer("sink")
          .definedBy("io.dynaload.sink..")
          .layer("foundation")
          .definedBy(
              "io.dynaload.item..",
              "io.dynaload.config..",
              "io.dynaload.metrics..",
              "io.dynaload.aws..",
              "io.dynaload.cloudwatch..",
              "io.dynaload.wire..",
              "io.dynaload.capacity..",
              "io.dynaload.deadletter..",
              "io.dynaload.error..")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("emr")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("local")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("pipeline")
          .mayOnlyBeAccessedByLayers("cli", "emr")
          .whereLayer("source")
          .mayOnlyBeAccessedByLayers("pipeline", "cli")
          .whereLayer("rebalance")
          .mayOnlyBeAccessedByLayers("pipeline")
          .whereLayer("transform")
          .mayOnlyBeAccessedByLayers("pipeline")
          .whereLayer("sink")
          .mayOnlyBeAccessedByLayers("pipeline", "cli", "emr");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.dynaload.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule connectorsAreIndependent =
      slices()
          .matching("io.dynaload.source.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(
              com.tngtech.archunit.base.DescribedPredicate.alwaysTrue(),
              com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage(
                  "io.dynaload.source.bounded..",
                  "io.dynaload.source.format..",
                  "io.dynaload.source.storage.."));

  @ArchTest
  static final ArchRule theBoundedFrameKnowsNoConnector =
      noClasses()
          .that()
          .resideInAPackage("io.dynaload.source.bounded..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.dynaload.source.lindorm..");

  @ArchTest
  static final ArchRule theStorageKnowsNoConnector =
      noClasses()
          .that()
          .resideInAPackage("io.dynaload.source.storage..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.dynaload.source.lindorm..",
              "io.dynaload.source.deadletter..",
              "io.dynaload.source.export..",
              "io.dynaload.source.file..");

  @ArchTest
  static final ArchRule theFormatsKnowNeitherConnectorsNorFlink =
      noClasses()
          .that()
          .resideInAPackage("io.dynaload.source.format..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.dynaload.source",
              "io.dynaload.source.bounded..",
              "io.dynaload.source.lindorm..",
              "io.dynaload.source.deadletter..",
              "io.dynaload.source.export..",
              "io.dynaload.source.file..",
              "io.dynaload.source.storage..",
              "io.dynaload.aws..",
              "io.dynaload.metrics..",
              "org.apache.flink..");

  @ArchTest
  static final ArchRule theDriversProtocolIsNamedByTheServerOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.dynaload.local.lindormserver..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.calcite..", "com.aliyun..");

  @ArchTest
  static final ArchRule onlyTheEmbeddedDefaultKnowsDynamoDbLocal =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.dynaload.local..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.amazonaws..");

  @ArchTest
  static final ArchRule noPackageSaysNothing =
      noClasses()
          .should()
          .resideInAnyPackage(
              "..util..",
              "..utils..",
              "..common..",
              "..core..",
              "..helper..",
              "..misc..",
              "..base..");
}
