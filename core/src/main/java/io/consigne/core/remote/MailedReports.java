package io.consigne.core.remote;

import io.consigne.core.accounts.Setting;
import io.consigne.core.accounts.Settings;
import io.consigne.core.db.Database;
import io.consigne.core.db.Seal;
import io.consigne.core.db.Sql;
import io.consigne.core.ids.AccountId;
import io.consigne.core.links.LinkAddress;
import io.consigne.core.mails.Letter;
import io.consigne.core.mails.Letters;
import io.consigne.core.mails.Mailing;
import io.consigne.core.remote.source.SourceUrl;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is mailed to accounts whose setting {@code ru_report} is 1, when a request has ended. */
final class MailedReports implements Letters {
  private final Database database;
  private final Seal seal;
  private final @Nullable String originOrNull;

  /**
   * Reports of requests in {@code database}.
   *
   * @param originOrNull how the host is reached, for links; null to leave them out
   */
  MailedReports(Database database, Seal seal, @Nullable String originOrNull) {
    this.database = database;
    this.seal = seal;
    this.originOrNull = originOrNull;
  }

  /** Has a request reported if it has ended, and its account wants that and has an address. */
  static void add(Sql sql, Instant now, long request) {
    sql.first(
            """
            SELECT a.id, a.settings FROM remote_requests r JOIN accounts a ON a.id = r.account_id
            WHERE r.id = ? AND a.email LIKE '%@%' AND NOT EXISTS (
              SELECT 1 FROM remote_fetches f WHERE f.request_id = r.id AND f.ended_at IS NULL)
            """,
            row -> new Ended(new AccountId(row.number("id")), Settings.read(row.text("settings"))),
            request)
        .filter(ended -> ended.settings().get(Setting.RU_REPORT) == 1)
        .ifPresent(ended -> Mailing.addReport(sql, now, ended.account(), request));
  }

  private record Ended(AccountId account, Settings settings) {}

  @Override
  public Optional<Letter> report(AccountId account, long request) {
    List<FetchInfo> fetches =
        database.read(sql ->
            RequestRows.fetches(sql, request).stream().map(RequestRows.Numbered::info).toList());
    if (fetches.isEmpty() || !fetches.stream().allMatch(fetch -> fetch.state().ended())) {
      return Optional.empty();
    }
    long done = fetches.stream().filter(fetch -> fetch.state() == FetchState.DONE).count();
    String subject = "Remote upload %d: %d of %d done".formatted(request, done, fetches.size());
    var text = new StringBuilder("Your remote upload " + request + " has ended.\n");
    fetches.forEach(fetch -> text.append('\n').append(text(account, fetch)));
    text.append("\nThis mail was asked for by ru_report in the settings of your account.\n");
    return Optional.of(new Letter(subject, text.toString()));
  }

  private String text(AccountId account, FetchInfo fetch) {
    String source = seal.open(fetch.source(), SealedWish.aboutSource(account));
    String from = "    " + SourceUrl.shown(source) + "\n";
    if (fetch.state() != FetchState.DONE) {
      return "KO  " + line(fetch.reason()) + "\n" + from;
    }
    String link =
        originOrNull == null
            ? ""
            : fetch.link().map(id -> "    " + LinkAddress.of(originOrNull, id) + "\n").orElse("");
    return String.format(Locale.ROOT, "OK  %s, %,d bytes\n", line(fetch.name()), fetch.bytes())
        + from
        + link;
  }

  /** Names may hold what would begin a new line. */
  private static String line(String text) {
    return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", " ");
  }
}
