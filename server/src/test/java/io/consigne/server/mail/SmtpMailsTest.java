package io.consigne.server.mail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.consigne.core.mails.Letter;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.InstantSource;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What arrives at a real mail server, and what is never said to one. */
class SmtpMailsTest {
  private static final Letter LETTER = new Letter("Remote upload 7: 1 of 1 done", "Né\r\n.\nend\n");
  private GreenMail server;

  @BeforeEach
  void open() {
    server =
        new GreenMail(
            new ServerSetup[] {
              setup(ServerSetup.PROTOCOL_SMTP), setup(ServerSetup.PROTOCOL_SMTPS)
            });
    server.start();
  }

  static ServerSetup setup(String protocol) {
    var setup = new ServerSetup(0, "127.0.0.1", protocol);
    setup.setServerStartupTimeout(60_000);
    return setup;
  }

  @AfterEach
  void close() {
    server.stop();
  }

  private String plain(String host) {
    return "smtp://" + host + ":" + server.getSmtp().getPort();
  }

  private static SmtpMails mails(String url, @Nullable String password) {
    String user = password == null ? null : "host";
    var there = new MailServer(URI.create(url), "consigne@example.org", user, password);
    return new SmtpMails(there, InstantSource.system());
  }

  @Test
  void letter_arrivesAsItIs_atOneAddress() throws Exception {
    mails(plain("127.0.0.1"), null).send("alice@example.org", LETTER);
    MimeMessage[] taken = server.getReceivedMessages();
    assertThat(taken).hasSize(1);
    assertThat(taken[0].getSubject()).isEqualTo(LETTER.subject());
    assertThat(taken[0].getFrom())
        .extracting(Object::toString)
        .containsExactly("consigne@example.org");
    assertThat(taken[0].getRecipients(Message.RecipientType.TO))
        .extracting(Object::toString)
        .containsExactly("alice@example.org");
    assertThat(taken[0].getAllRecipients()).hasSize(1);
    assertThat(text(taken[0]).replace("\r\n", "\n").strip()).isEqualTo("Né\n.\nend");
    assertThat(taken[0].getHeader("Auto-Submitted")).containsExactly("auto-generated");
  }

  static String text(MimeMessage mail) throws Exception {
    return new String(mail.getInputStream().readAllBytes(), UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alice@example.org, eve@example.org",
        "alice@example.org\r\nBcc: eve@example.org",
        "alice@example.org\nX: y",
        "admin",
        ""
      })
  void whatIsNotOneAddress_getsNothing(String to) {
    SmtpMails mails = mails(plain("127.0.0.1"), null);
    assertThatThrownBy(() -> mails.send(to, LETTER)).isInstanceOf(IOException.class);
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void subjectOfTwoLines_isNone() {
    assertThatThrownBy(() -> new Letter("a\r\nBcc: eve@example.org", ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void password_opensTheServer_andIsInNoMessage() throws Exception {
    server.setUser("host@example.org", "host", "canary1");
    mails(plain("127.0.0.1"), "canary1").send("alice@example.org", LETTER);
    assertThat(server.getReceivedMessages()).hasSize(1);
    SmtpMails wrong = mails(plain("127.0.0.1"), "canary2");
    assertThatThrownBy(() -> wrong.send("alice@example.org", LETTER))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "The mail server 127.0.0.1:%d did not take it: AuthenticationFailedException 535",
            server.getSmtp().getPort())
        .hasNoCause();
    assertThat(new MailServer(URI.create("smtp://h"), "a@b", "u", "canary1").toString())
        .doesNotContain("canary");
    assertThat(server.getReceivedMessages()).hasSize(1);
  }

  /** It is this machine, but not by an address that says so: such a server must speak TLS. */
  @Test
  void serverElsewhere_isToldNothingWithoutTls() {
    SmtpMails mails = mails(plain("0.0.0.0"), null);
    assertThatThrownBy(() -> mails.send("alice@example.org", LETTER))
        .isInstanceOf(IOException.class);
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void serverThatCannotProveItself_isToldNothing() {
    SmtpMails mails = mails("smtps://127.0.0.1:" + server.getSmtps().getPort(), null);
    assertThatThrownBy(() -> mails.send("alice@example.org", LETTER))
        .isInstanceOf(IOException.class);
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  /** Such a mail was taken, and once sent again, up to five times. */
  @Test
  void serverThatTakesTheMail_andBreaksAtTheGoodbye_hasTakenIt() throws Exception {
    try (var listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var taken = new FutureTask<String>(() -> take(listener));
      Thread.ofVirtual().start(taken);
      mails("smtp://127.0.0.1:" + listener.getLocalPort(), null).send("alice@example.org", LETTER);
      assertThat(taken.get()).contains("Subject: Remote upload 7: 1 of 1 done");
    }
  }

  /** Takes one mail, and resets the connection at {@code QUIT}. */
  private static String take(ServerSocket listener) throws IOException {
    var mail = new StringBuilder();
    try (Socket client = listener.accept()) {
      var in = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
      say(client, "220 Hello");
      boolean inMail = false;
      for (String line = in.readLine();
          !"QUIT".equals(line) && line != null;
          line = in.readLine()) {
        if (inMail) {
          mail.append(line).append('\n');
          inMail = !line.equals(".");
        } else {
          inMail = line.equals("DATA");
        }
        if (!inMail) {
          say(client, "250 Fine");
        } else if (line.equals("DATA")) {
          say(client, "354 Go on");
        }
      }
      client.setSoLinger(true, 0);
    }
    return mail.toString();
  }

  private static void say(Socket client, String reply) throws IOException {
    client.getOutputStream().write((reply + "\r\n").getBytes(UTF_8));
  }

  @Test
  void serverThatIsGone_isAFailure() {
    String gone = plain("127.0.0.1");
    int port = server.getSmtp().getPort();
    server.stop();
    SmtpMails mails = mails(gone, null);
    assertThatThrownBy(() -> mails.send("alice@example.org", LETTER))
        .isInstanceOf(IOException.class)
        .hasMessage("The mail server 127.0.0.1:%d did not take it: MailConnectException", port);
  }
}
