package io.consigne.core.mails;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.Choices;
import io.consigne.core.Domain;
import io.consigne.core.UsualChoices;
import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Account;
import io.consigne.core.accounts.Plan;
import io.consigne.core.accounts.Setting;
import io.consigne.core.blobs.MemoryBlobs;
import io.consigne.core.db.Database;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.hooks.HookLimits;
import io.consigne.core.jobs.Background;
import io.consigne.core.limits.LimitPolicy;
import io.consigne.core.links.Countries;
import io.consigne.core.remote.RemoteLimits;
import io.consigne.core.remote.Wish;
import io.consigne.core.remote.source.FetchPolicy;
import io.consigne.core.remote.source.SourceException;
import io.consigne.core.remote.source.SourceHeaders;
import io.consigne.core.remote.source.SourceUrl;
import io.consigne.core.testing.TestClock;
import io.consigne.core.testing.TestHost;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.uploads.Dedupe;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Reports of remote uploads: to whom they go, when, how often, and what stands in them. */
@ParameterizedClass
@EnumSource(TestDatabases.Kind.class)
class MailingTest {
  private final TestDatabases.Kind kind;
  private final TestClock clock = new TestClock();
  private final SecureRandom random = new SecureRandom();
  private final List<String> sent = new ArrayList<>();
  @TempDir Path directory;
  private Database database;
  private Domain domain;
  private Mailing mailing;
  private Account alice;
  private boolean deaf;

  @SuppressWarnings("NullAway.Init")
  MailingTest(TestDatabases.Kind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void open() {
    database = kind.open(directory);
    domain = domain(new Choices.Letterbox(this::refuse, "https://files.example.org"));
    domain.remote().start();
    alice = domain.accounts().add(TestHost.newEmail(), Plan.PREMIUM, null);
    wantReports(1);
    mailing = mailing();
  }

  /** The domain's own rounds are not begun: the test makes its own. */
  private void refuse(String to, Letter letter) {
    throw new AssertionError("nobody began this");
  }

  private Domain domain(Choices.Letterbox letterbox) {
    return new Domain(
        database,
        new MemoryBlobs(random),
        clock,
        random,
        new Choices(
            Countries.NONE,
            Dedupe.ACCOUNT,
            LimitPolicy.OFF,
            true,
            UsualChoices.KEEPING,
            new Choices.Fetching(
                request -> {
                  throw new SourceException(SourceException.Reason.REFUSED, "There is none");
                },
                2,
                RemoteLimits.DEFAULT),
            new Choices.Outside(
                FetchPolicy.DEFAULT, (_, _, _, _) -> 200, false, HookLimits.DEFAULT, letterbox)));
  }

  private Mailing mailing() {
    return new Mailing(
        database, clock, random, this::send, domain.remote().letters("https://files.example.org"));
  }

  private void send(String to, Letter letter) throws IOException {
    if (deaf) {
      throw new IOException("The mail server did not take the mail");
    }
    sent.add(to + "|" + letter.subject() + "|" + letter.text());
  }

  private void wantReports(long value) {
    Access access = Access.full(alice.id(), alice.plan(), alice.root(), null);
    domain.accounts().setSettings(access, Map.of(Setting.RU_REPORT, value));
  }

  @AfterEach
  void close() {
    domain.close();
    database.close();
  }

  private Access access() {
    return Access.full(alice.id(), alice.plan(), alice.root(), null).from(TestHost.CALLER);
  }

  private long ended(String... urls) {
    var sources =
        Arrays.stream(urls)
            .<Wish.Item>map(url -> new Wish.Source(SourceUrl.parse(url), null))
            .toList();
    var wish = new Wish(sources, SourceHeaders.NONE, FolderRef.ROOT);
    long id = domain.remote().requests().add(access(), wish).id();
    Awaitility.await()
        .until(() -> domain.remote().requests().get(access(), id).request().endedOrNull() != null);
    return id;
  }

  @Test
  void request_isReportedOnce_whenAllOfItHasEnded() {
    long id =
        ended(
            "https://source.example.org/a?signature=canary",
            "ftp://me:canary@source.example.org/b");
    mailing.round();
    mailing.round();
    assertThat(sent)
        .containsExactly(
            """
            %s|Remote upload %d: 0 of 2 done|Your remote upload %d has ended.

            KO  There is none
                https://source.example.org/a?signature=…

            KO  There is none
                ftp://…@source.example.org/b

            This mail was asked for by ru_report in the settings of your account.
            """
                .formatted(alice.email(), id, id));
  }

  @Test
  void accountThatDoesNotWantReports_getsNone() {
    wantReports(0);
    ended("https://source.example.org/a");
    mailing.round();
    assertThat(sent).isEmpty();
    wantReports(1);
    mailing.round();
    assertThat(sent).as("reports of what ended before").isEmpty();
  }

  @Test
  void serverThatIsDown_isTriedAgain_fewTimes() {
    ended("https://source.example.org/a");
    deaf = true;
    for (int i = 0; i < MailLimits.DEFAULT.attempts() + 2; i++) {
      mailing.round();
      clock.advance(Duration.ofHours(2));
    }
    assertThat(rows("failed")).isEqualTo(1);
    assertThat(database.<Long>read(sql -> sql.number("SELECT attempts FROM messages")))
        .isEqualTo(MailLimits.DEFAULT.attempts());
  }

  /** One that had thousands of requests ended kept all others' reports waiting, and the server. */
  @Test
  void accountsTakeTurns_andNoneHasMoreThanSoManyInAnHour() {
    long request = ended("https://source.example.org/a");
    for (int i = 0; i < 2 * MailLimits.DEFAULT.anHour(); i++) {
      addReport(request);
    }
    assertThat(rows("waiting")).isEqualTo(MailLimits.DEFAULT.anHour());
    clock.advance(Duration.ofSeconds(1));
    alice = domain.accounts().add(TestHost.newEmail(), Plan.PREMIUM, null);
    wantReports(1);
    long other = ended("https://source.example.org/b");
    mailing.round();
    assertThat(sent)
        .hasSize(MailLimits.DEFAULT.batch())
        .anyMatch(mail -> mail.contains("Remote upload " + other + ":"));
  }

  private void addReport(long request) {
    database.change(sql -> {
      Mailing.addReport(sql, clock.instant(), alice.id(), request);
    });
  }

  /** Else it would be tried for ever, and those behind it in its round left waiting. */
  @Test
  void mailThatMeetsAnErrorOfTheHost_isGivenUp_andHoldsUpNoOther() {
    long first = ended("https://source.example.org/a");
    ended("https://source.example.org/b");
    var stumbling =
        new Mailing(
            database,
            clock,
            random,
            (to, letter) -> {
              if (letter.subject().startsWith("Remote upload " + first + ":")) {
                throw new IllegalStateException("an error of the host");
              }
              send(to, letter);
            },
            domain.remote().letters(null));
    stumbling.round();
    assertThat(sent).hasSize(1);
    for (int i = 1; i < MailLimits.DEFAULT.attempts(); i++) {
      clock.advance(Duration.ofHours(2));
      stumbling.round();
    }
    assertThat(rows("failed")).isEqualTo(1);
    assertThat(sent).hasSize(1);
  }

  @Test
  void serverThatIsBack_takesIt_alsoAfterARestart() {
    ended("https://source.example.org/a");
    deaf = true;
    mailing.round();
    assertThat(rows("waiting")).isEqualTo(1);
    deaf = false;
    mailing.round();
    assertThat(sent).as("before its time").isEmpty();
    clock.advance(Duration.ofMinutes(1));
    mailing = mailing();
    mailing.round();
    assertThat(sent).hasSize(1);
    assertThat(rows("delivered")).isEqualTo(1);
  }

  /** A mail server that takes long once held up the end of the host for each mail that waited. */
  @Test
  void hostThatStops_waitsForTheMailThatIsBeingSent_andForNoOther() {
    ended("https://source.example.org/a");
    ended("https://source.example.org/b");
    var mailings = new ArrayList<Mailing>();
    mailings.add(
        new Mailing(
            database,
            clock,
            random,
            (to, letter) -> {
              mailings.getFirst().stop();
              send(to, letter);
            },
            domain.remote().letters(null)));
    mailings.getFirst().round();
    assertThat(sent).hasSize(1);
    assertThat(rows("delivered")).isEqualTo(1);
    assertThat(rows("waiting")).isEqualTo(1);
    mailing.round();
    assertThat(sent).hasSize(2);
  }

  @Test
  void domainThatCloses_sendsNoMoreMails() throws InterruptedException {
    ended("https://source.example.org/a");
    ended("https://source.example.org/b");
    var begun = new CountDownLatch(1);
    var slow = new CountDownLatch(1);
    Domain other =
        domain(
            new Choices.Letterbox(
                (to, letter) -> {
                  begun.countDown();
                  await(slow);
                  send(to, letter);
                },
                null));
    other.start();
    begun.await();
    Thread closing = Thread.ofPlatform().start(other::close);
    Awaitility.await()
        .until(() ->
            Arrays.stream(closing.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(Background.class.getName())));
    slow.countDown();
    closing.join();
    assertThat(sent).hasSize(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Two nodes look at the same time: one of them sends. */
  @Test
  void mailThatIsBeingSent_isNotSentByAnother() {
    ended("https://source.example.org/a");
    var other =
        new Mailing(
            database,
            clock,
            random,
            (to, letter) -> {
              mailing.round();
              send(to, letter);
            },
            domain.remote().letters(null));
    other.round();
    assertThat(sent).hasSize(1);
  }

  @Test
  void requestThatGoesOn_isNotReported() {
    long id = ended("https://source.example.org/a");
    database.change(sql ->
        sql.update(
            "UPDATE remote_fetches SET state = 'running', ended_at = NULL WHERE request_id = ?",
            id));
    mailing.round();
    assertThat(sent).isEmpty();
    assertThat(rows("delivered")).isEqualTo(1);
  }

  @Test
  void removedAccount_getsNothing() {
    ended("https://source.example.org/a");
    domain.removal().remove(alice.id());
    mailing.round();
    assertThat(sent).isEmpty();
  }

  private long rows(String state) {
    return database.<Long>read(
        sql -> sql.number("SELECT COUNT(*) FROM messages WHERE state = ?", state));
  }

  @Test
  void limits_areThese() {
    assertThat(MailLimits.DEFAULT)
        .isEqualTo(
            new MailLimits(
                12,
                Duration.ofMinutes(1),
                Duration.ofHours(1),
                Duration.ofMinutes(5),
                Duration.ofSeconds(5),
                20,
                60));
  }
}
