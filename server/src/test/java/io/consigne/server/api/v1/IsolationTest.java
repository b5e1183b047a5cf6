package io.consigne.server.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.server.api.v1.IsolationStage.Caller;
import io.consigne.server.api.v1.IsolationTarget.Names;
import io.consigne.server.api.v1.IsolationTarget.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing of another account is seen, changed, listed, downloaded or known to exist, but for what a
 * link or a share opens: what is missing, foreign, forbidden, closed or gone is answered byte for
 * byte alike, at every address that there is.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IsolationTest {
  /** The markers, and no random text that happens to begin as one. */
  private static final Pattern MARKER =
      Pattern.compile(
          Arrays.stream(IsolationTarget.values())
              .map(IsolationTarget::marker)
              .collect(Collectors.joining("|")));

  private IsolationStage stage;
  private int compared;
  private int opened;

  @BeforeAll
  void open(@TempDir Path folder) throws IOException {
    stage = newStage(folder);
  }

  /** The host that is asked. */
  IsolationStage newStage(Path folder) throws IOException {
    return new IsolationStage(folder);
  }

  /** What it is asked. */
  List<IsolationRow> rows() {
    return IsolationMatrix.rows();
  }

  /** Whether these ask for it. */
  boolean isAsked(IsolationRow row, Caller caller) {
    return row.callers().contains(caller);
  }

  final IsolationStage stage() {
    return stage;
  }

  /** The password is remembered for a while, and then computed again. */
  private void logIn() {
    RawCall.send(stage.port(), "GET /?zzzzz&auth=1", stage.authorization(Caller.PASSWORD), "");
  }

  @AfterAll
  void close() {
    stage.close();
    System.out.printf(
        "isolation: %d addresses, %d requests x %d targets, %d answers compared, %d opened%n",
        stage.fronts().addresses().size(),
        rows().size(),
        IsolationTarget.values().length,
        compared,
        opened);
  }

  /** An address without a row is one that nobody has thought about. */
  @Test
  void everyAddress_hasARow() {
    Set<String> rows =
        IsolationMatrix.rows().stream()
            .map(row -> row.address)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(rows).isEqualTo(stage.fronts().addresses());
  }

  @TestFactory
  List<DynamicTest> requests_aboutEachTarget_areAnsweredAsTheyMay() {
    return rows().stream()
        .flatMap(row ->
            Arrays.stream(Caller.values())
                .filter(caller -> isAsked(row, caller))
                .map(caller ->
                    DynamicTest.dynamicTest(caller + " " + row, () -> compare(row, caller))))
        .toList();
  }

  private void compare(IsolationRow row, Caller caller) {
    Names nothing = stage.names(IsolationTarget.MISSING);
    Answered missing = ask(row, caller, IsolationTarget.MISSING, nothing);
    assertThat(IsolationTarget.OWN.markers()).containsAll(missing.markers);
    if (row.isRefused(caller)) {
      assertThat(missing.status).as(missing.answer).isEqualTo(row.refusal());
    }
    Arrays.stream(IsolationTarget.values())
        .filter(target -> isStated(row, caller, target))
        .sorted((a, b) -> Boolean.compare(a == IsolationTarget.OWN, b == IsolationTarget.OWN))
        .forEach(target -> {
          Names names = stage.names(target);
          String others = stage.others(target);
          Answered given = ask(row, caller, target, names);
          compare(missing, given, row.outcome(target, caller), target);
          assertThat(stage.others(target)).as("the others after %s", target).isEqualTo(others);
        });
  }

  /** The rows tell what becomes of every scope; those with one alone are compared with nothing. */
  private static boolean isStated(IsolationRow row, Caller caller, IsolationTarget target) {
    return caller != Caller.READER || row.outcome(target, caller) == Outcome.AS_MISSING;
  }

  private void compare(Answered missing, Answered given, Outcome outcome, IsolationTarget target) {
    boolean same = given.answer.equals(missing.answer);
    assertThat(outcome.fits(given.status, same))
        .as("%s must be %s: %s%n%nmissing: %s", target, outcome, given.answer, missing.answer)
        .isTrue();
    if (outcome == Outcome.OPENS) {
      opened++;
      assertThat(target.markers()).as(given.answer).containsAll(given.markers);
    } else {
      compared++;
      assertThat(missing.markers).as(given.answer).containsAll(given.markers);
    }
    if (outcome == Outcome.AS_MISSING) {
      assertThat(given.passwords).as("passwords computed").isEqualTo(missing.passwords);
    }
  }

  private Answered ask(IsolationRow row, Caller caller, IsolationTarget target, Names names) {
    if (caller == Caller.PASSWORD) {
      logIn();
    }
    long before = stage.passwordsComputed();
    String sent = row.send(stage, caller, target, names);
    long passwords = stage.passwordsComputed() - before;
    if (isHidden(row, target, caller)) {
      assertThat(sent).as("%s", target).doesNotContain(names.link());
    }
    return new Answered(names.withoutEcho(sent), passwords);
  }

  /** Whether the answer must not have the link of the file, which the request did not know. */
  private static boolean isHidden(IsolationRow row, IsolationTarget target, Caller caller) {
    boolean shown =
        row.outcome(target, caller) == Outcome.OPENS && target != IsolationTarget.HIDDEN;
    return !shown && target != IsolationTarget.OWN && !row.hasLink();
  }

  /** An answer, and how many passwords were computed for it, which is what takes time. */
  private static final class Answered {
    final String answer;
    final int status;
    final long passwords;
    final Set<String> markers;

    Answered(String answer, long passwords) {
      this.answer = answer;
      this.status = RawCall.status(answer);
      this.passwords = passwords;
      this.markers =
          MARKER
              .matcher(answer)
              .results()
              .map(MatchResult::group)
              .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
