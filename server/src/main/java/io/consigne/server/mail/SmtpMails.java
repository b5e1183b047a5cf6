package io.consigne.server.mail;

import io.consigne.core.mails.Letter;
import io.consigne.core.mails.Mails;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends mails by SMTP, one connection for each. Unless the server is on this machine, nothing is
 * said to it without TLS.
 */
public final class SmtpMails implements Mails {
  private static final Logger LOG = LoggerFactory.getLogger(SmtpMails.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern REPLY = Pattern.compile("([45][0-9]{2})[ -]");

  private final MailServer server;
  private final InstantSource clock;
  private final Session session;

  /** Mails by that server. */
  public SmtpMails(MailServer server, InstantSource clock) {
    this.server = server;
    this.clock = clock;
    this.session = Session.getInstance(properties(server));
  }

  private static Properties properties(MailServer server) {
    var properties = new Properties();
    String prefix = "mail." + server.url().getScheme() + ".";
    String patience = Long.toString(PATIENCE.toMillis());
    properties.setProperty(prefix + "connectiontimeout", patience);
    properties.setProperty(prefix + "timeout", patience);
    properties.setProperty(prefix + "writetimeout", patience);
    properties.setProperty(prefix + "quitwait", "false");
    properties.setProperty(prefix + "ssl.checkserveridentity", "true");
    properties.setProperty(prefix + "auth", Boolean.toString(server.userOrNull() != null));
    properties.setProperty(prefix + "starttls.enable", "true");
    properties.setProperty(prefix + "starttls.required", Boolean.toString(!server.isHere()));
    return properties;
  }

  @Override
  public void send(String to, Letter letter) throws IOException {
    try {
      Message message = message(to, letter);
      Transport transport = session.getTransport(server.url().getScheme());
      try {
        transport.connect(
            server.host(), server.port(), server.userOrNull(), server.passwordOrNull());
        transport.sendMessage(message, message.getAllRecipients());
      } finally {
        close(transport);
      }
    } catch (MessagingException e) {
      LOG.debug("A mail was not taken", e);
      throw new IOException(
          "The mail server %s:%d did not take it: %s%s"
              .formatted(server.host(), server.port(), e.getClass().getSimpleName(), replyCode(e)));
    }
  }

  /** However the goodbye goes: what was taken before it stays taken. */
  private static void close(Transport transport) {
    try {
      transport.close();
    } catch (MessagingException e) {
      LOG.debug("A mail server did not say goodbye", e);
    }
  }

  /** The code that the server's reply begins with, if it replied; not its text, which may tell. */
  private static String replyCode(MessagingException failure) {
    for (Exception e = failure; e != null; e = next(e)) {
      Matcher reply = REPLY.matcher(String.valueOf(e.getMessage()));
      if (reply.lookingAt()) {
        return " " + reply.group(1);
      }
    }
    return "";
  }

  private static @Nullable Exception next(Exception failure) {
    return failure instanceof MessagingException it ? it.getNextException() : null;
  }

  /** One address and no more, whatever it looks like. */
  private static Address address(String text) throws MessagingException {
    return new InternetAddress(text, true);
  }

  private Message message(String to, Letter letter) throws MessagingException {
    var message = new MimeMessage(session);
    message.setFrom(address(server.from()));
    message.setRecipient(Message.RecipientType.TO, address(to));
    message.setSubject(letter.subject(), "UTF-8");
    message.setText(letter.text(), "UTF-8");
    message.setHeader("Auto-Submitted", "auto-generated");
    message.setSentDate(Date.from(clock.instant()));
    message.saveChanges();
    return message;
  }
}
