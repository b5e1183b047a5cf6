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

/** The arrows between packages are those of this table, and no others. */
class ArchitectureTest {
  private static final String BASE = "io.consigne.";

  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          Map.entry("hashes", Set.of()),
          Map.entry("core.failure", Set.of()),
          Map.entry("core.ids", Set.of("core.failure")),
          Map.entry("core.db", Set.of("core.failure")),
          Map.entry("core.jobs", Set.of("core.db", "core.failure")),
          Map.entry(
              "core.blobs", Set.of("core.db", "core.failure", "core.ids", "core.jobs", "hashes")),
          Map.entry("core.audit", Set.of("core.db", "core.failure", "core.ids", "core.jobs")),
          Map.entry("core.events", Set.of("core.db", "core.ids")),
          Map.entry(
              "core.accounts",
              Set.of("core.audit", "core.db", "core.events", "core.failure", "core.ids")),
          Map.entry(
              "core.defense", Set.of("core.accounts", "core.audit", "core.failure", "core.ids")),
          Map.entry(
              "core.keys",
              Set.of(
                  "core.accounts",
                  "core.audit",
                  "core.db",
                  "core.defense",
                  "core.events",
                  "core.failure",
                  "core.ids")),
          Map.entry(
              "core.tree",
              Set.of(
                  "core.accounts",
                  "core.audit",
                  "core.blobs",
                  "core.db",
                  "core.failure",
                  "core.ids")),
          Map.entry(
              "core.links",
              Set.of(
                  "core.audit",
                  "core.defense",
                  "core.tree",
                  "core.accounts",
                  "core.blobs",
                  "core.db",
                  "core.failure",
                  "core.ids")),
          Map.entry(
              "core.uploads",
              Set.of(
                  "core.tree",
                  "core.blobs",
                  "core.accounts",
                  "core.audit",
                  "core.db",
                  "core.events",
                  "core.failure",
                  "core.ids",
                  "core.jobs")),
          Map.entry(
              "core.hooks",
              Set.of(
                  "core.accounts",
                  "core.audit",
                  "core.db",
                  "core.events",
                  "core.failure",
                  "core.ids",
                  "core.jobs",
                  "core.remote.source")),
          Map.entry("core.mails", Set.of("core.db", "core.ids", "core.jobs")),
          Map.entry(
              "core.remote",
              Set.of(
                  "core.events",
                  "core.jobs",
                  "core.keys",
                  "core.mails",
                  "core.remote.source",
                  "core.uploads",
                  "core.limits",
                  "core.links",
                  "core.tree",
                  "core.blobs",
                  "core.accounts",
                  "core.audit",
                  "core.db",
                  "core.failure",
                  "core.ids")),
          Map.entry("core.limits", Set.of("core.accounts", "core.db", "core.failure", "core.ids")),
          Map.entry("core.remote.source", Set.of("core.failure", "core.ids")),
          Map.entry(
              "core.retention",
              Set.of("core.tree", "core.accounts", "core.audit", "core.db", "core.ids")),
          Map.entry(
              "core.upkeep",
              Set.of(
                  "core.accounts",
                  "core.blobs",
                  "core.db",
                  "core.failure",
                  "core.ids",
                  "core.jobs",
                  "core.links")),
          Map.entry(
              "core",
              Set.of(
                  "core.accounts",
                  "core.audit",
                  "core.defense",
                  "core.blobs",
                  "core.db",
                  "core.hooks",
                  "core.ids",
                  "core.jobs",
                  "core.keys",
                  "core.limits",
                  "core.links",
                  "core.mails",
                  "core.remote",
                  "core.remote.source",
                  "core.retention",
                  "core.tree",
                  "core.upkeep",
                  "core.uploads")),
          Map.entry("server.http", Set.of()),
          Map.entry("server.mail", Set.of("core.ids", "core.mails")),
          Map.entry("server.config", Set.of("core.db", "core.ids")),
          Map.entry(
              "server.admin",
              Set.of(
                  "core.accounts",
                  "core.audit",
                  "core.db",
                  "core.failure",
                  "core.ids",
                  "core.keys",
                  "core.retention",
                  "core.tree",
                  "core.upkeep")),
          Map.entry(
              "server.limits", Set.of("server.http", "core.accounts", "core.ids", "core.limits")),
          Map.entry(
              "server.api.v1",
              Set.of(
                  "server.http",
                  "server.limits",
                  "core",
                  "core.accounts",
                  "core.audit",
                  "core.blobs",
                  "core.db",
                  "core.defense",
                  "core.events",
                  "core.failure",
                  "core.hooks",
                  "core.ids",
                  "core.keys",
                  "core.limits",
                  "core.links",
                  "core.remote",
                  "core.remote.source",
                  "core.tree",
                  "core.uploads")),
          Map.entry("server.scan", Set.of("core.keys")),
          Map.entry(
              "server.api.guide",
              Set.of(
                  "server.http",
                  "server.limits",
                  "core",
                  "core.accounts",
                  "core.audit",
                  "core.blobs",
                  "core.db",
                  "core.failure",
                  "core.ids",
                  "core.keys",
                  "core.limits",
                  "core.links",
                  "core.remote",
                  "core.remote.source",
                  "core.tree",
                  "core.uploads")),
          Map.entry(
              "server",
              Set.of(
                  "server.admin",
                  "server.api.guide",
                  "server.api.v1",
                  "server.config",
                  "server.http",
                  "server.mail",
                  "core",
                  "core.accounts",
                  "core.audit",
                  "core.blobs",
                  "core.db",
                  "core.failure",
                  "core.hooks",
                  "core.ids",
                  "core.keys",
                  "core.limits",
                  "core.links",
                  "core.remote",
                  "core.remote.source",
                  "core.retention",
                  "core.tree",
                  "core.upkeep",
                  "core.uploads")),
          Map.entry(
              "server.commands",
              Set.of(
                  "server",
                  "server.admin",
                  "server.config",
                  "server.scan",
                  "core.accounts",
                  "core.db",
                  "core.failure",
                  "core.ids",
                  "core.keys",
                  "core.upkeep")),
          Map.entry("client.model", Set.of()),
          Map.entry("client.transport", Set.of()),
          Map.entry("client.wire", Set.of("client.model", "client.transport")),
          Map.entry("client.budget", Set.of("client.model")),
          Map.entry(
              "client.policy",
              Set.of("client.budget", "client.model", "client.transport", "client.wire")),
          Map.entry(
              "client.transfer",
              Set.of(
                  "client.budget",
                  "client.model",
                  "client.policy",
                  "client.transport",
                  "client.wire",
                  "hashes")),
          Map.entry(
              "client.cache", Set.of("client", "client.budget", "client.model", "client.transfer")),
          Map.entry(
              "client.sync", Set.of("client", "client.cache", "client.model", "client.transfer")),
          Map.entry("client.dedupe", Set.of("client", "client.cache", "client.model")),
          Map.entry(
              "client",
              Set.of(
                  "client.budget",
                  "client.model",
                  "client.policy",
                  "client.transfer",
                  "client.transport",
                  "client.wire")),
          Map.entry("client.split", Set.of("client", "client.model", "client.transfer")),
          Map.entry("cli.talk", Set.of("client.model", "client.transfer")),
          Map.entry("cli.profile", Set.of("cli.talk", "client", "client.model")),
          Map.entry(
              "cli.remote",
              Set.of(
                  "cli.profile",
                  "cli.talk",
                  "client",
                  "client.budget",
                  "client.cache",
                  "client.model",
                  "client.split",
                  "client.transfer",
                  "client.transport")),
          Map.entry(
              "cli.doctor",
              Set.of(
                  "cli.profile",
                  "cli.remote",
                  "cli.talk",
                  "client",
                  "client.budget",
                  "client.model",
                  "client.transport")),
          Map.entry(
              "cli.account",
              Set.of("cli.profile", "cli.remote", "cli.talk", "client", "client.model")),
          Map.entry(
              "cli.files",
              Set.of(
                  "cli.remote",
                  "cli.talk",
                  "client",
                  "client.cache",
                  "client.model",
                  "client.split",
                  "client.transfer")),
          Map.entry(
              "cli.remoteupload",
              Set.of("cli.profile", "cli.remote", "cli.talk", "client", "client.model")),
          Map.entry("cli.webhook", Set.of("cli.remote", "cli.talk", "client", "client.model")),
          Map.entry(
              "cli.sync",
              Set.of(
                  "cli.profile",
                  "cli.remote",
                  "cli.talk",
                  "client",
                  "client.cache",
                  "client.dedupe",
                  "client.model",
                  "client.sync",
                  "client.transfer")),
          Map.entry(
              "cli",
              Set.of(
                  "cli.account",
                  "cli.doctor",
                  "cli.files",
                  "cli.man",
                  "cli.relay",
                  "cli.remoteupload",
                  "cli.sync",
                  "cli.talk",
                  "cli.webhook",
                  "client.transport",
                  "client.model")),
          Map.entry("cli.man", Set.of("cli.talk")),
          Map.entry("cli.relay", Set.of()),
          Map.entry("spec", Set.of()));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.consigne");

  @Test
  void everyPackage_hasARow() {
    Set<String> seen =
        CLASSES.stream().map(ArchitectureTest::row).collect(Collectors.toCollection(TreeSet::new));
    seen.remove("e2e");
    assertThat(ARROWS.keySet()).containsAll(seen);
  }

  /** A rule about classes that nobody saw holds always: each row must have met some. */
  @Test
  void everyRow_sawClasses() {
    Map<String, Long> counts =
        CLASSES.stream()
            .collect(Collectors.groupingBy(ArchitectureTest::row, Collectors.counting()));
    assertThat(counts.keySet()).containsAll(without(ARROWS.keySet(), "spec"));
    assertThat(CLASSES.contain("io.consigne.core.blobs.Blobs")).isTrue();
    assertThat(CLASSES.contain("io.consigne.server.api.v1.V1Front")).isTrue();
    assertThat(CLASSES.size()).isGreaterThan(150);
  }

  @Test
  void everyArrow_isInTheTable() {
    List<String> forbidden =
        CLASSES.stream()
            .filter(origin -> ARROWS.containsKey(row(origin)))
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
    return !from.equals(to) && !ARROWS.getOrDefault(from, Set.of()).contains(to);
  }

  private static String row(JavaClass type) {
    return type.getPackageName().substring(BASE.length());
  }

  private static Set<String> without(Set<String> rows, String row) {
    return rows.stream().filter(name -> !name.equals(row)).collect(Collectors.toSet());
  }
}
