package io.consigne.core.remote.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.consigne.core.ids.AccountId;
import io.consigne.core.remote.source.SourceException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Names that nobody answers for hold up whoever asks for them, and nobody else. */
@Timeout(30)
final class NamesWithoutAnswerTest {
  private static final int THREADS = Lab.POLICY.limits().addresses().lookups();

  /** How many names of one account are looked up at once. */
  private static final int SHARE = THREADS / 8;

  private static final String FILE = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfile";

  private final CountDownLatch over = new CountDownLatch(1);
  private final Semaphore asked = new Semaphore(0);

  /** As the system's resolver, it does not end because nobody waits for it. */
  private InetAddress[] lookup(String host) {
    if (host.startsWith("silent")) {
      asked.release();
      boolean waits = true;
      while (waits) {
        try {
          over.await();
          waits = false;
        } catch (InterruptedException _) {
          // It goes on.
        }
      }
    }
    return new InetAddress[] {InetAddress.ofLiteral(HostileServer.ADDRESS)};
  }

  private static SourceRequest request(String url, long account) {
    return new SourceRequest(
        SourceUrl.parse(url), SourceHeaders.NONE, null, Lab.MAX_BYTES, new AccountId(account));
  }

  @Test
  void namesOfAFewAccounts_holdNoFetchOfAnotherUp_andNoWebhook() throws Exception {
    try (var lab = new Lab(this::lookup);
        HostileServer server = HostileServer.web(FILE);
        var fetches = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 7 * THREADS; i++) {
        String url = "http://silent" + i + ".example:" + server.port() + "/";
        var account = new AccountId(10 + i % 7);
        fetches.execute(() -> assertRefused(lab, url, account));
        fetches.execute(() -> assertNotTold(lab, url, account));
      }
      asked.acquire(2 * 7 * SHARE);
      String good = "http://good.example:" + server.port() + "/a.zip";
      try (Fetched fetched = lab.sources.open(request(good, 2))) {
        assertThat(fetched.body().readAllBytes()).asString(UTF_8).isEqualTo("file");
      }
      assertThat(post(lab, good, new AccountId(2))).isEqualTo(200);
      over.countDown();
    }
  }

  private static int post(Lab lab, String url, AccountId account) throws SourceException {
    return lab.sources.post(account, SourceUrl.parse(url), SourceHeaders.NONE, new byte[0]);
  }

  private static void assertNotTold(Lab lab, String url, AccountId account) {
    try {
      assertThat(post(lab, url, account)).isPositive();
    } catch (IOException e) {
      assertThat(e).isInstanceOf(SourceException.class);
    }
  }

  /** A name that nobody is asked about is told from one that nobody answers for. */
  @Test
  void nameThatWaits_isNoName_thatIsNotAnswered() throws Exception {
    var impatient =
        new FetchLimits.Addresses(SHARE, Duration.ofMillis(500), 4, Duration.ofSeconds(10));
    try (var names = new Lookups(this::lookup, impatient);
        var others = Executors.newVirtualThreadPerTaskExecutor()) {
      Lookups.Asker asker = names.by(new AccountId(1));
      others.execute(() -> assertThat(reason(asker, "silent1")).isEqualTo(Reason.UNKNOWN_HOST));
      asked.acquire();
      assertThat(reason(asker, "silent2")).isEqualTo(Reason.CROWDED);
      over.countDown();
    }
  }

  private static Reason reason(Lookups.Asker asker, String host) {
    SourceException refusal =
        catchThrowableOfType(
            SourceException.class,
            () -> asker.addresses(SourceUrl.parse("http://" + host + ".example/")));
    return refusal.reason();
  }

  private static void assertRefused(Lab lab, String url, AccountId account) {
    try (Fetched fetched = lab.sources.open(request(url, account.value()))) {
      assertThat(fetched.offset()).isZero();
    } catch (IOException e) {
      assertThat(e).isInstanceOf(SourceException.class);
    }
  }

  @Test
  void shareOfAnAccount_isFreeAgain_whenItsNamesAreAnswered() throws Exception {
    try (var lab = new Lab(this::lookup);
        HostileServer server = HostileServer.web(FILE)) {
      for (int i = 0; i < 2 * THREADS; i++) {
        lab.sources.open(request("http://good.example:" + server.port() + "/", 1)).close();
      }
      assertThat(server.asked()).isEqualTo(2 * THREADS);
    }
  }
}
