package io.consigne.server.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Accounts;
import io.consigne.server.api.v1.IsolationStage.Caller;
import io.consigne.server.api.v1.IsolationTarget.Names;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A host that takes files of guests tells them of others no more than which accounts there are: for
 * one of these a file may be meant.
 */
class GuestIsolationTest extends IsolationTest {
  /** Whom no file reaches. */
  private static final Set<IsolationTarget> UNREACHED =
      EnumSet.of(IsolationTarget.MISSING, IsolationTarget.DISABLED, IsolationTarget.REMOVED);

  @Override
  IsolationStage newStage(Path folder) throws IOException {
    return IsolationStage.withGuests(folder);
  }

  /** All pages, at a host where guests may do more. */
  @Override
  List<IsolationRow> rows() {
    return IsolationPages.rows();
  }

  /** Uploads of guests are below. */
  @Override
  boolean isAsked(IsolationRow row, Caller caller) {
    boolean guests = caller == Caller.NOBODY && row.address.equals("/upload.cgi");
    return super.isAsked(row, caller) && !guests;
  }

  private String ask(IsolationRow row, IsolationTarget target) {
    Names names = stage().names(target);
    String answer = names.withoutEcho(row.send(stage(), Caller.NOBODY, target, names));
    return answer.replace(names.email(), "EMAIL").replaceAll("Content-Length: [0-9]+", "LENGTH");
  }

  private static IsolationRow upload(String fields) {
    return IsolationPages.upload(fields);
  }

  /** Like {@link #ask}, of somebody who keeps all that is theirs as it is. */
  private String askOfOthers(IsolationRow row, IsolationTarget target) {
    stage().names(target);
    Set<String> before = Set.copyOf(stage().others(target).lines().toList());
    String answer = ask(row, target);
    Set<String> after = Set.copyOf(stage().others(target).lines().toList());
    assertThat(before)
        .as("what is others' and changed, after %s", target)
        .allMatch(line -> after.contains(line) || line.contains(Accounts.GUESTS));
    assertThat(after)
        .as("what is new, after %s", target)
        .allMatch(line ->
            before.contains(line) || line.contains(Accounts.GUESTS) || line.contains("up.txt"));
    return answer;
  }

  @Test
  void placesOfOthers_areNoneToAGuest() {
    for (String field : List.of("{folder}", "{link}", "{id}", "0")) {
      IsolationRow row = upload(IsolationPages.field("did", field));
      String missing = ask(row, IsolationTarget.MISSING);
      assertThat(RawCall.status(missing)).as(missing).isEqualTo(302);
      for (IsolationTarget target : IsolationTarget.values()) {
        assertThat(askOfOthers(row, target)).as("%s of %s", field, target).isEqualTo(missing);
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
        if (UNREACHED.contains(target)) {
          assertThat(askOfOthers(row, target)).as("%s", target).isEqualTo(missing);
        } else {
          assertThat(ask(row, target)).as("%s", target).isEqualTo(reached);
        }
      }
    }
  }
}
