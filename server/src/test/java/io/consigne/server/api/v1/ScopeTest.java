package io.consigne.server.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Right;
import io.consigne.server.api.v1.ScopeMatrix.Row;
import io.consigne.server.api.v1.ScopeMatrix.Who;
import io.consigne.server.api.v1.ScopeStage.Holder;
import io.consigne.server.api.v1.ScopeStage.Names;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every address by keys of every scope, of a folder and of the whole account, from an address that
 * is allowed and from another, before and after their end: what is not allowed is refused, and
 * changes nothing.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScopeTest {
  private final List<Holder> keys = new ArrayList<>();
  private ScopeStage stage;
  private Names within;
  private Names without;
  private int served;
  private int refused;

  @BeforeAll
  void open(@TempDir Path folder) throws IOException {
    stage = new ScopeStage(folder);
    boolean[] both = {false, true};
    for (Right right : Right.values()) {
      keys.add(stage.key(EnumSet.complementOf(EnumSet.of(right)), false, false, false));
    }
    for (Set<Right> scopes : scopes()) {
      for (boolean confined : both) {
        for (boolean elsewhere : both) {
          for (boolean expired : both) {
            keys.add(stage.key(scopes, confined, elsewhere, expired));
          }
        }
      }
    }
    within = stage.names(true);
    without = stage.names(false);
  }

  /** Each scope alone, all together, and what each address needs. */
  private static Set<Set<Right>> scopes() {
    var all = new LinkedHashSet<Set<Right>>();
    for (Right right : Right.values()) {
      all.add(EnumSet.of(right));
    }
    all.add(EnumSet.allOf(Right.class));
    ScopeMatrix.rows().stream()
        .map(row -> row.needs)
        .filter(needs -> !needs.isEmpty())
        .forEach(all::add);
    return all;
  }

  @AfterAll
  void close() {
    stage.close();
    System.out.printf(
        "scopes: %d addresses, %d rows x %d keys x 2 folders: %d served, %d refused%n",
        stage.host.fronts().addresses().size(),
        ScopeMatrix.rows().size(),
        keys.size(),
        served,
        refused);
  }

  /** An address without a row is one that nobody has thought about. */
  @Test
  void everyAddress_hasARow() {
    Set<String> rows =
        ScopeMatrix.rows().stream()
            .map(row -> row.address)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(rows).isEqualTo(stage.host.fronts().addresses());
  }

  @TestFactory
  List<DynamicTest> everyRow_servesWhomItMay() {
    return ScopeMatrix.rows().stream()
        .map(row -> DynamicTest.dynamicTest(row.toString(), () -> tryAll(row)))
        .toList();
  }

  private void tryAll(Row row) {
    String before = stage.state();
    for (Holder key : keys) {
      for (boolean inside : new boolean[] {true, false}) {
        if (expected(row, key, inside).contains(row.success())) {
          continue;
        }
        Names names = inside ? within : without;
        check(row, key, inside, names);
        refused++;
      }
    }
    assertThat(stage.state()).as("after what was refused").isEqualTo(before);
    for (Holder key : keys) {
      for (boolean inside : new boolean[] {true, false}) {
        if (expected(row, key, inside).contains(row.success())) {
          Names known = inside ? within : without;
          check(row, key, inside, row.changes() ? stage.names(inside) : known);
          served++;
        }
      }
    }
  }

  private void check(Row row, Holder key, boolean inside, Names names) {
    Names named = row.who() == Who.TOKEN ? stage.withToken(names, key) : names;
    String answer = stage.send(row, key.authorization(), named);
    assertThat(expected(row, key, inside))
        .as("%s %s: %s", key, inside ? "inside" : "outside", answer)
        .contains(RawCall.status(answer));
  }

  /** The status of the answer; there are two where a request is wrong in two ways. */
  private static Set<Integer> expected(Row row, Holder key, boolean inside) {
    boolean away = key.confined() && !inside;
    return switch (row.who()) {
      case ANYBODY, KNOWN -> Set.of(row.success());
      case TOKEN -> Set.of(key.expired() || key.elsewhere() || away ? 404 : 200);
      case MASTER -> Set.of(key.expired() ? 401 : 403);
      case WHOLE -> {
        boolean lacks = !key.access().rights().containsAll(row.needs);
        int open = key.elsewhere() || lacks || key.confined() ? 403 : row.success();
        yield Set.of(key.expired() ? 401 : open);
      }
      case SCOPED -> {
        if (key.expired()) {
          yield Set.of(row.unknown());
        }
        boolean lacks = !key.access().rights().containsAll(row.needs);
        boolean hidden = away && row.named();
        if (key.elsewhere() || lacks) {
          yield hidden && !key.elsewhere() ? Set.of(403, 404) : Set.of(403);
        }
        yield Set.of(hidden ? 404 : row.success());
      }
    };
  }

  /** The addresses that manage keys work with the master key, and with e-mail and password. */
  @Test
  void masterRows_serveTheMasterKeyAndThePassword() {
    for (Row row : ScopeMatrix.rows()) {
      if (row.who() == Who.MASTER) {
        for (String authorization : List.of(master(), ScopeStage.password())) {
          String answer = stage.send(row, authorization, stage.names(true));
          assertThat(RawCall.status(answer)).as("%s: %s", row, answer).isEqualTo(200);
        }
        assertThat(RawCall.status(stage.send(row, "", within))).isEqualTo(401);
      }
    }
  }

  private String master() {
    return ScopeStage.bearer(stage.domain.keys().regenerate(stage.alice.account()).reveal());
  }
}
