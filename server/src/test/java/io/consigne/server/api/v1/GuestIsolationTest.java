package io.consigne.server.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.server.api.v1.IsolationStage.Caller;
import io.consigne.server.api.v1.IsolationTarget.Names;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A host that takes files of guests tells them of others no more than which accounts there are: for
 * one of these a file may be meant.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuestIsolationTest {
  /** Whom no file reaches. */
  private static final Set<IsolationTarget> UNREACHED =
      EnumSet.of(IsolationTarget.MISSING, IsolationTarget.DISABLED, IsolationTarget.REMOVED);

  private IsolationStage stage;

  @BeforeAll
  void open(@TempDir Path folder) throws IOException {
    stage = IsolationStage.withGuests(folder);
  }

  @AfterAll
  void close() {
    stage.close();
  }

  private String ask(IsolationRow row, IsolationTarget target) {
    Names names = stage.names(target);
    String answer = names.withoutEcho(row.send(stage, Caller.NOBODY, target, names));
    return answer.replace(names.email(), "EMAIL").replaceAll("Content-Length: [0-9]+", "LENGTH");
  }

  private static IsolationRow upload(String fields) {
    return IsolationPages.upload(fields);
  }

  @Test
  void placesOfOthers_areNoneToAGuest() {
    for (String field : List.of("{folder}", "{link}", "{id}", "0")) {
      IsolationRow row = upload(IsolationPages.field("did", field));
      String missing = ask(row, IsolationTarget.MISSING);
      assertThat(RawCall.status(missing)).as(missing).isEqualTo(302);
      for (IsolationTarget target : IsolationTarget.values()) {
        assertThat(ask(row, target)).as("%s of %s", field, target).isEqualTo(missing);
      }
    }
  }

  @Test
  void recipients_areToldApartFromNobodyAlone() {
    for (String did : List.of("", IsolationPages.field("did", "{folder}"))) {
      IsolationRow row = upload(IsolationPages.field("user", "{email}") + did);
      String missing = ask(row, IsolationTarget.MISSING);
      assertThat(RawCall.status(missing)).as(missing).isEqualTo(400);
      String reached = ask(row, IsolationTarget.FOREIGN);
      assertThat(RawCall.status(reached)).as(reached).isEqualTo(302);
      for (IsolationTarget target : IsolationTarget.values()) {
        String expected = UNREACHED.contains(target) ? missing : reached;
        assertThat(ask(row, target)).as("%s", target).isEqualTo(expected);
      }
    }
  }
}
