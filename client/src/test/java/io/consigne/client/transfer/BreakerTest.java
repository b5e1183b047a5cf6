package io.consigne.client.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.client.model.Refusal;
import io.consigne.client.model.Refusal.Said;
import io.consigne.client.model.RefusedException;
import java.net.ConnectException;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What ends a run of many files, and what is about one of them. */
class BreakerTest {
  private static Breaker after(int times, Function<Said, Refusal> kind, String words) {
    var breaker = new Breaker();
    for (int i = 0; i < times; i++) {
      breaker.saw(kind.apply(new Said(403, words)));
    }
    return breaker;
  }

  /** Five files with a password in a row ended a run of thousands that have none. */
  @Test
  void refusalsOfSingleFiles_neverEndARun() {
    for (Breaker breaker :
        List.of(
            after(50, Refusal.PasswordNeeded::new, "Invalid password #631"),
            after(50, Refusal.Conflict::new, "There is a file of that name already #702"),
            after(50, Refusal.Invalid::new, "This name cannot be stored #701"),
            after(50, Refusal.Denied::new, "Owner locked #620"),
            after(50, Refusal.Denied::new, "Resource not allowed #631"),
            after(50, Refusal.Denied::new, "Resource not allowed: its link is hidden #631"))) {
      assertThat(breaker.isEnded()).isFalse();
    }
  }

  @Test
  void refusalsOfTheAccount_endARunAtTheFifth() {
    for (String words :
        List.of(
            "Use CDN credits #913",
            "Resource not allowed: this key has no right to read #631",
            "Forbidden")) {
      assertThat(after(4, Refusal.Denied::new, words).isEnded()).as(words).isFalse();
      assertThat(after(5, Refusal.Denied::new, words).isEnded()).as(words).isTrue();
    }
    assertThat(after(5, Refusal.QuotaExceeded::new, "Storage quota exceeded").isEnded()).isTrue();
    assertThat(after(5, Refusal.NotFound::new, "Resource not found #469").isEnded()).isTrue();
  }

  @Test
  void refusalOfTheKey_endsARunAtOnce() {
    var breaker = new Breaker();
    var refused =
        new RefusedException(new Refusal.NotAuthenticated(new Said(403, "No such user #93")));
    assertThatThrownBy(() -> breaker.refused(refused)).isSameAs(refused);
    assertThat(breaker.isEnded()).isTrue();
  }

  @Test
  void success_beginsTheCountAnew() {
    Breaker breaker = after(4, Refusal.QuotaExceeded::new, "Storage quota exceeded");
    breaker.succeeded();
    breaker.saw(new Refusal.QuotaExceeded(new Said(403, "Storage quota exceeded")));
    assertThat(breaker.isEnded()).isFalse();
  }

  /** One node may have the bytes of one file alone; each ended a get of thousands. */
  @Test
  void nodesThatAreNotReached_areOfAllAtTheFifthInARow() {
    var breaker = new Breaker();
    for (int i = 1; i < Breaker.ALIKE; i++) {
      assertThat(breaker.isOfAll(unreached("node-" + i))).isFalse();
    }
    breaker.succeeded();
    for (int i = 1; i < Breaker.ALIKE; i++) {
      assertThat(breaker.isOfAll(unreached("node-" + i))).isFalse();
    }
    assertThat(breaker.isOfAll(unreached("node-5"))).isTrue();
    assertThat(new Breaker().isOfAll(new ConnectException("nothing answers there"))).isTrue();
  }

  /** The files of one upload lie on one node: each run ended at the same five of them. */
  @Test
  void nodeThatIsNotReached_endsNothingForTheOthersFiles() {
    var breaker = new Breaker();
    for (int i = 1; i < Breaker.UNREACHED; i++) {
      assertThat(breaker.isOfAll(unreached("node-1"))).isFalse();
    }
    assertThat(breaker.isOfAll(unreached("node-1"))).isTrue();
  }

  private static UnreachedNodeException unreached(String node) {
    return new UnreachedNodeException(node, new ConnectException("nothing answers there"));
  }
}
