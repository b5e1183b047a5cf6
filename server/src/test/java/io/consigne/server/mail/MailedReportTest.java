package io.consigne.server.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.consigne.core.Choices;
import io.consigne.core.Domain;
import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Account;
import io.consigne.core.accounts.Plan;
import io.consigne.core.accounts.Setting;
import io.consigne.core.blobs.Blobs;
import io.consigne.core.blobs.DiskBlobs;
import io.consigne.core.db.Database;
import io.consigne.core.db.Databases;
import io.consigne.core.hooks.HookLimits;
import io.consigne.core.ids.Caller;
import io.consigne.core.limits.LimitPolicy;
import io.consigne.core.links.Countries;
import io.consigne.core.remote.RemoteLimits;
import io.consigne.core.remote.Wish;
import io.consigne.core.remote.source.FetchPolicy;
import io.consigne.core.remote.source.OpenSources;
import io.consigne.core.remote.source.SourceHeaders;
import io.consigne.core.remote.source.SourceUrl;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.uploads.Dedupe;
import io.consigne.server.UsualChoices;
import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host whose remote upload ends tells its owner by a real mail server. */
class MailedReportTest {
  private static Domain domain(
      Database database, Blobs blobs, GreenMail server, OpenSources sources) {
    var random = new SecureRandom();
    var there =
        new MailServer(
            URI.create("smtp://127.0.0.1:" + server.getSmtp().getPort()),
            "host@example.org",
            null,
            null);
    var letterbox =
        new Choices.Letterbox(
            new SmtpMails(there, InstantSource.system()), "https://h.example.org");
    return new Domain(
        database,
        blobs,
        InstantSource.system(),
        random,
        new Choices(
            Countries.NONE,
            Dedupe.ACCOUNT,
            LimitPolicy.OFF,
            true,
            UsualChoices.KEEPING,
            new Choices.Fetching(sources, 2, RemoteLimits.DEFAULT),
            new Choices.Outside(
                FetchPolicy.DEFAULT, sources, false, HookLimits.DEFAULT, letterbox)));
  }

  @Test
  void endOfARequest_isMailed(@TempDir Path directory) throws Exception {
    var server = new GreenMail(SmtpMailsTest.setup(ServerSetup.PROTOCOL_SMTP));
    server.start();
    try (Database database = Databases.sqlite(directory.resolve("consigne.db"));
        var sources = new OpenSources(FetchPolicy.DEFAULT);
        Blobs blobs = new DiskBlobs(directory.resolve("blobs"), new SecureRandom());
        Domain domain = domain(database, blobs, server, sources)) {
      domain.start();
      Account alice = domain.accounts().add("alice@example.org", Plan.PREMIUM, null);
      Access access =
          Access.full(alice.id(), alice.plan(), alice.root(), null)
              .from(new Caller(InetAddress.getLoopbackAddress(), "test"));
      domain.accounts().setSettings(access, Map.of(Setting.RU_REPORT, 1L));
      var source = new Wish.Source(SourceUrl.parse("http://localhost/film.mkv?key=canary"), null);
      domain
          .remote()
          .requests()
          .add(access, new Wish(List.of(source), SourceHeaders.NONE, FolderRef.ROOT));
      assertThat(server.waitForIncomingEmail(20_000, 1)).isTrue();
      MimeMessage mail = server.getReceivedMessages()[0];
      assertThat(mail.getAllRecipients())
          .extracting(Object::toString)
          .containsExactly("alice@example.org");
      assertThat(mail.getSubject()).isEqualTo("Remote upload 1: 0 of 1 done");
      assertThat(SmtpMailsTest.text(mail))
          .contains("KO  This host does not fetch from localhost: its address is not public")
          .contains("http://localhost/film.mkv?key=…")
          .doesNotContain("canary");
    } finally {
      server.stop();
    }
  }
}
