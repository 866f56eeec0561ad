package io.vaxel.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the modules: a floor uses floors below, never one above. */
@AnalyzeClasses(packages = "io.vaxel", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule ARROWS_POINT_DOWN =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("server")
          .definedBy("io.vaxel.server..")
          .layer("control-plane")
          .definedBy("io.vaxel.control..")
          .layer("signaling")
          .definedBy("io.vaxel.signaling..")
          .layer("media-core")
          .definedBy("io.vaxel.media..")
          .layer("common")
          .definedBy("io.vaxel.common..")
          .whereLayer("server")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("control-plane")
          .mayOnlyAccessLayers("signaling", "common")
          .whereLayer("signaling")
          .mayOnlyAccessLayers("media-core", "common")
          .whereLayer("media-core")
          .mayNotAccessAnyLayer()
          .whereLayer("common")
          .mayNotAccessAnyLayer();

  @ArchTest
  static final ArchRule CONTROL_PLANE_KNOWS_NO_NETTY =
      noClasses()
          .that()
          .resideInAPackage("io.vaxel.control..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.netty..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule MEDIA_KNOWS_NO_HTTP_SQL_OR_SIP =
      noClasses()
          .that()
          .resideInAPackage("io.vaxel.media..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.netty.handler.codec.http..", "jakarta..", "java.sql..", "org.jdbi..")
          .allowEmptyShould(true);
}
