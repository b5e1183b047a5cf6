package io.consigne.core.remote.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.ids.AccountId;
import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Names that nobody answers for hold up whoever asks for them, and nobody else. */
@Timeout(30)
final class NamesWithoutAnswerTest {
  private static final int THREADS = Lab.POLICY.limits().addresses().lookups();
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
  void namesOfOneAccount_holdNoFetchOfAnotherUp_andNoWebhook() throws Exception {
    try (var lab = new Lab(this::lookup);
        HostileServer server = HostileServer.web(FILE);
        var fetches = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < THREADS; i++) {
        String url = "http://silent" + i + ".example:" + server.port() + "/";
        fetches.execute(() -> assertRefused(lab, url));
      }
      asked.acquire(THREADS / 2);
      String good = "http://good.example:" + server.port() + "/a.zip";
      try (Fetched fetched = lab.sources.open(request(good, 2))) {
        assertThat(fetched.body().readAllBytes()).asString(UTF_8).isEqualTo("file");
      }
      assertThat(lab.sources.post(SourceUrl.parse(good), SourceHeaders.NONE, new byte[0]))
          .isEqualTo(200);
      over.countDown();
    }
  }

  private void assertRefused(Lab lab, String url) {
    try (Fetched fetched = lab.sources.open(request(url, 1))) {
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
