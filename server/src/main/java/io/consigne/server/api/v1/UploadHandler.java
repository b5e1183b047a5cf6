package io.consigne.server.api.v1;

import io.consigne.core.accounts.Access;
import io.consigne.core.audit.Audit;
import io.consigne.core.db.DatabaseAway;
import io.consigne.core.db.DatabaseFull;
import io.consigne.core.db.DatabaseStopped;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.keys.KeyUse;
import io.consigne.core.uploads.UploadReport;
import io.consigne.core.uploads.UploadedFile;
import io.consigne.server.http.CrossSite;
import io.consigne.server.http.Exchange;
import io.consigne.server.http.Handler;
import io.consigne.server.http.MalformedBody;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /upload.cgi?id=<id>}: takes files in. Answers {@code 302} to the report, without a
 * body, when at least one file was kept (reference: 1fichier-api, section 9; rclone-wire, section
 * 4). Without an id a new one is taken, so that one line of curl will do.
 *
 * <p>A client that is refused before it has sent its whole body may hang for ever (rclone does), so
 * the rest of the body is read and thrown away first: for a known caller as much as one upload may
 * have, for a stranger, and of a body that no client of good will sends, the first 64 MiB.
 */
final class UploadHandler implements Handler {

  private final Callers callers;
  private final UploadReader reader;
  private final KeyUse use;
  private final Audit audit;

  UploadHandler(Callers callers, UploadReader reader, KeyUse use, Audit audit) {
    this.callers = callers;
    this.reader = reader;
    this.use = use;
    this.audit = audit;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    Access caller = null;
    try {
      if (!exchange.method().equals("POST")) {
        callers.gate().notThere(exchange);
        exchange.header("Allow", "POST");
        JsonAnswer.refuse(exchange, Refusal.METHOD);
        return;
      }
      refuseOtherSites(exchange);
      caller = callers.anyhow(exchange).orElse(null);
      callers.chargeOwnRate(exchange, caller);
      UploadReport report = reader.read(exchange, caller);
      count(caller, report);
      WebPage.redirect(exchange, "/end.pl?xid=" + report.id());
    } catch (FailureException e) {
      if (caller != null) {
        audit.refused(caller.actor(), exchange.path(), List.of(), e.failure());
      }
      refuse(exchange, caller, Refusal.of(e.failure()));
    } catch (DatabaseFull e) {
      refuse(exchange, caller, Refusal.of(new Failure.StoreFull()));
    } catch (DatabaseStopped e) {
      refuse(exchange, caller, Refusal.STOPPING);
    } catch (DatabaseAway e) {
      refuse(exchange, caller, Refusal.AWAY);
    } catch (MalformedBody e) {
      refuse(exchange, null, caller != null ? Refusal.of(e) : charged(exchange, e));
    }
  }

  /**
   * A browser adds the login that it keeps for this host to whatever form is sent there; keys it
   * adds never, and a form that a guest sends is no more than anybody could send.
   */
  private void refuseOtherSites(Exchange exchange) {
    if (exchange.basic().isPresent() && CrossSite.is(exchange)) {
      callers.gate().notThere(exchange);
      throw new Failure.NotAllowed("a page of another site cannot upload with your login")
          .asException();
    }
  }

  /** What fails before it is known who sends costs what a page does. */
  private Refusal charged(Exchange exchange, MalformedBody malformed) {
    try {
      callers.gate().notThere(exchange);
      return Refusal.of(malformed);
    } catch (FailureException tooFast) {
      return Refusal.of(tooFast.failure());
    }
  }

  private void count(@Nullable Access caller, UploadReport report) {
    if (caller == null) {
      return;
    }
    long bytes = report.kept().stream().mapToLong(UploadedFile.Kept::size).sum();
    caller.key().ifPresent(key -> use.uploaded(key, bytes));
  }

  private static void refuse(Exchange exchange, @Nullable Access caller, Refusal refusal)
      throws IOException {
    exchange.drain(caller != null ? WireLimits.KNOWN_DRAIN_BYTES : WireLimits.STRANGER_DRAIN_BYTES);
    JsonAnswer.refuse(exchange, refusal);
  }
}
