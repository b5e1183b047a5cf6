package io.consigne.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The arrows between packages are those of the table, and no others. */
class ArchitectureTest {
  private static final String BASE = "io.consigne.";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.consigne");

  @Test
  void everyPackage_hasARow() {
    Set<String> seen =
        CLASSES.stream().map(ArchitectureTest::row).collect(Collectors.toCollection(TreeSet::new));
    seen.remove("e2e");
    assertThat(Arrows.TABLE.keySet()).containsAll(seen);
  }

  /** A rule about classes that nobody saw holds always: each row must have met some. */
  @Test
  void everyRow_sawClasses() {
    Map<String, Long> counts =
        CLASSES.stream()
            .collect(Collectors.groupingBy(ArchitectureTest::row, Collectors.counting()));
    assertThat(counts.keySet()).containsAll(without(Arrows.TABLE.keySet(), "spec"));
    assertThat(CLASSES.contain("io.consigne.core.blobs.Blobs")).isTrue();
    assertThat(CLASSES.contain("io.consigne.server.api.v1.V1Front")).isTrue();
    assertThat(CLASSES.size()).isGreaterThan(150);
  }

  @Test
  void everyArrow_isInTheTable() {
    List<String> forbidden =
        CLASSES.stream()
            .filter(origin -> Arrows.TABLE.containsKey(row(origin)))
            .flatMap(origin -> origin.getDirectDependenciesFromSelf().stream())
            .filter(ArchitectureTest::isForbidden)
            .map(Dependency::getDescription)
            .toList();
    assertThat(forbidden).isEmpty();
  }

  /** Only the listener and the fronts' own request and response know what a servlet is. */
  @Test
  void servletTypes_stayInHttp() {
    List<String> leaks =
        CLASSES.stream()
            .filter(origin -> !row(origin).equals("server.http"))
            .flatMap(origin -> origin.getDirectDependenciesFromSelf().stream())
            .filter(arrow -> {
              String target = arrow.getTargetClass().getPackageName();
              return target.startsWith("jakarta.servlet")
                  || target.startsWith("org.apache.catalina")
                  || target.startsWith("org.apache.coyote");
            })
            .map(Dependency::getDescription)
            .toList();
    assertThat(leaks).isEmpty();
  }

  private static boolean isForbidden(Dependency arrow) {
    JavaClass target = arrow.getTargetClass();
    if (!target.getPackageName().startsWith("io.consigne")) {
      return false;
    }
    String from = row(arrow.getOriginClass());
    String to = row(target);
    return !from.equals(to) && !Arrows.TABLE.getOrDefault(from, Set.of()).contains(to);
  }

  private static String row(JavaClass type) {
    return type.getPackageName().substring(BASE.length());
  }

  private static Set<String> without(Set<String> rows, String row) {
    return rows.stream().filter(name -> !name.equals(row)).collect(Collectors.toSet());
  }
}
