package io.consigne.server.config;

import io.consigne.core.audit.AuditLimits;
import io.consigne.core.db.PostgresAddress;
import io.consigne.core.ids.Cidr;
import io.consigne.core.uploads.Dedupe;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The one table of what an operator may choose. */
public final class Options {
  public static final Option<Path> DATA =
      Option.of("data", Format.path("DIR"), "./consigne-data", "Directory that holds everything.");

  public static final Option<PostgresAddress> DB =
      Option.of(
          "db",
          Format.postgresUrl(),
          null,
          "PostgreSQL database to use in place of the embedded one.");

  public static final Option<ListenAddress> LISTEN =
      Option.of(
          "listen",
          Format.listenAddress(),
          "127.0.0.1:8080",
          "Where to listen; :PORT is every address of the machine, port 0 any free one.");

  public static final Option<URI> PUBLIC_URL =
      Option.of(
          "public-url",
          Format.origin(),
          null,
          "How clients reach this host, for the links it hands out;"
              + " otherwise taken from each request.");

  public static final Option<Path> TLS_CERT =
      Option.of("tls-cert", Format.path("FILE"), null, "Certificate chain (PEM); needs --tls-key.");

  public static final Option<Path> TLS_KEY =
      Option.of("tls-key", Format.path("FILE"), null, "Private key of --tls-cert (PEM).");

  public static final Option<Boolean> TLS_SELF =
      Option.of(
          "tls-self",
          Format.onOff(),
          "off",
          "Make a private certificate authority and a certificate, and serve HTTPS with it.");

  public static final Option<Boolean> LIMITS =
      Option.of("limits", Format.onOff(), "on", "Whether the limits of the accounts' plans hold.");

  public static final Option<HostConfig.FloodStyle> FLOOD_STYLE =
      Option.of(
          "flood-style",
          Format.floodStyle(),
          "429",
          "How clients that are too fast are refused: until it is their turn again, or locked out"
              + " as by 1fichier, with 403.");

  public static final Option<Boolean> RETENTION =
      Option.of(
          "retention",
          Format.onOff(),
          "off",
          "Whether files of free accounts and guests that nobody downloads are removed.");

  public static final Option<Dedupe> DEDUPE =
      Option.of(
          "dedupe",
          Format.oneOf(Dedupe.class),
          "account",
          "Store equal contents once per account, or once per host.");

  public static final Option<Boolean> GUESTS =
      Option.of(
          "guests",
          Format.onOff(),
          "off",
          "Whether uploads without a key are accepted, also for accounts that take them (setting"
              + " incoming).");

  public static final Option<List<Cidr>> TRUSTED_PROXY =
      Option.of(
          "trusted-proxy",
          Format.cidrs(),
          null,
          "Proxies whose X-Forwarded-… headers are believed; repeatable.");

  public static final Option<Path> COUNTRY_DB =
      Option.of(
          "country-db",
          Format.path("FILE"),
          null,
          "CSV of lines first,last,CC: countries by address, for access rules by country.");

  public static final Option<Boolean> DEFENDER =
      Option.of(
          "defender",
          Format.onOff(),
          "on",
          "Whether clients that guess passwords or keys are slowed down, then locked out for a"
              + " while.");

  public static final Option<Duration> AUDIT_KEEP =
      Option.of(
          "audit-keep",
          Format.duration(),
          AuditLimits.DEFAULT.keep().toDays() + "d",
          "How long the audit log tells who did what.");

  public static final Option<Duration> STOP_GRACE =
      Option.of(
          "stop-grace",
          Format.duration(),
          "30s",
          "How long running transfers may take to end when the host is stopped.");

  public static final Option<Duration> SCRUB_EVERY =
      Option.of(
          "scrub-every",
          Format.durationOrOff(),
          "30d",
          "How often all that is stored is read again, to find what has rotted.");

  public static final Option<Long> SCRUB_RATE =
      Option.of(
          "scrub-rate",
          Format.rate(),
          "10M",
          "How many bytes a second the scrub reads, beside everything else.");

  public static final Option<Integer> FETCHES =
      Option.of(
          "fetches",
          Format.count(1_000),
          "16",
          "How many remote uploads run at the same time; 0 for no remote uploads at all.");

  public static final Option<List<Cidr>> FETCH_ALLOW =
      Option.of(
          "fetch-allow",
          Format.cidrs(),
          null,
          "Networks that remote uploads and webhooks may go to although they are not public, or the"
              + " host's own; repeatable.");

  public static final Option<Set<Integer>> FETCH_PORTS =
      Option.of(
          "fetch-ports",
          Format.ports(),
          null,
          "Ports that remote uploads and webhooks may go to, in place of the usual ones;"
              + " repeatable.");

  public static final Option<Set<Integer>> FETCH_FTPS_PORTS =
      Option.of(
          "fetch-ftps-ports",
          Format.ports(),
          null,
          "Ports, besides 990, that remote uploads may go to, at which ftps is TLS from the first"
              + " byte; repeatable.");

  public static final Option<Boolean> WEBHOOKS =
      Option.of(
          "webhooks",
          Format.onOff(),
          "on",
          "Whether accounts may have their events told to addresses of their choice.");

  public static final Option<URI> SMTP =
      Option.of(
          "smtp",
          Format.smtp(),
          null,
          "Mail server for reports of remote uploads; needs --smtp-from. None are sent without.");

  public static final Option<String> SMTP_FROM =
      Option.of("smtp-from", Format.email(), null, "Who sends these mails.");

  public static final Option<String> SMTP_USER =
      Option.of("smtp-user", Format.name("NAME"), null, "User name for the mail server.");

  public static final Option<Path> SMTP_PASSWORD_FILE =
      Option.of(
          "smtp-password-file",
          Format.path("FILE"),
          null,
          "File with the password of --smtp-user; warns if others can read it.");

  public static final Option<Path> KEY_FILE =
      Option.of(
          "key-file",
          Format.path("FILE"),
          null,
          "New file for the first key, in place of printing it.");

  /** Every option, in the order of the help. */
  public static final List<Option<?>> ALL =
      List.of(
          DATA,
          DB,
          LISTEN,
          PUBLIC_URL,
          TLS_CERT,
          TLS_KEY,
          TLS_SELF,
          LIMITS,
          FLOOD_STYLE,
          RETENTION,
          DEDUPE,
          GUESTS,
          TRUSTED_PROXY,
          COUNTRY_DB,
          DEFENDER,
          AUDIT_KEEP,
          STOP_GRACE,
          SCRUB_EVERY,
          SCRUB_RATE,
          FETCHES,
          FETCH_ALLOW,
          FETCH_PORTS,
          FETCH_FTPS_PORTS,
          WEBHOOKS,
          SMTP,
          SMTP_FROM,
          SMTP_USER,
          SMTP_PASSWORD_FILE,
          KEY_FILE);

  private Options() {}
}
