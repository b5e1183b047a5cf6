package io.consigne.server.api.v1;

import io.consigne.core.accounts.Access;
import io.consigne.core.audit.Audit;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.limits.CallsAtOnce;
import io.consigne.core.links.LinkAddress;
import io.consigne.core.uploads.UploadId;
import io.consigne.core.uploads.UploadReport;
import io.consigne.core.uploads.UploadedFile;
import io.consigne.core.uploads.Uploads;
import io.consigne.server.http.Exchange;
import io.consigne.server.http.FormFields;
import io.consigne.server.http.Handler;
import io.consigne.server.http.Origin;
import io.consigne.server.limits.Gate;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * {@code /end.pl?xid=<id>}: the report of an upload, as JSON or text where a header or a parameter
 * {@code JSON} or {@code EXPORT} asks for it, else as a page (reference: 1fichier-api, section
 * 9.4). It waits a moment for the Whirlpool of the files, then shows it empty.
 */
final class ReportPage implements Handler {
  static final String PATH = "/end.pl";

  private final Uploads uploads;
  private final Callers callers;
  private final Gate gate;
  private final Audit audit;

  ReportPage(Uploads uploads, Callers callers, Gate gate, Audit audit) {
    this.gate = gate;
    this.audit = audit;
    this.uploads = uploads;
    this.callers = callers;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    FormFields query = FormFields.query(exchange.query());
    String json = wish(exchange, query, "JSON");
    boolean export = wish(exchange, query, "EXPORT") != null;
    Access caller = null;
    try {
      caller = callers.anyhow(exchange).orElse(null);
      callers.chargeOwnRate(exchange, caller);
      UploadId id =
          query
              .first("xid")
              .flatMap(UploadId::parse)
              .orElseThrow(() -> new Failure.NotFound().asException());
      int files = find(id, caller).files().size();
      try (CallsAtOnce.Place _ = place(exchange, caller, files)) {
        await(id);
        if (caller != null) {
          callers.requireStillKnown(exchange, caller);
        }
        send(exchange, find(id, caller), json, export);
      }
    } catch (FailureException e) {
      if (caller != null) {
        audit.refused(caller.actor(), exchange.path(), List.of(), e.failure());
      }
      Refusal refusal = Refusal.of(e.failure());
      if (json != null) {
        JsonAnswer.refuse(exchange, refusal);
      } else {
        WebPage.refuse(exchange, refusal);
      }
    }
  }

  private static void send(
      Exchange exchange, UploadReport report, @Nullable String json, boolean export)
      throws IOException {
    if (json != null) {
      boolean pretty = json.equals("2");
      JsonAnswer.write(exchange, pretty, out -> json(out, report, exchange.origin()));
    } else if (export) {
      WebPage.text(exchange, 200, text(report));
    } else {
      WebPage.html(exchange, 200, ReportHtml.of(report, exchange.origin()));
    }
  }

  /**
   * Whether the report, and with it a refusal, is to be JSON.
   *
   * @throws io.consigne.server.http.MalformedBody if the query is not as a form is written
   */
  static boolean asksForJson(Exchange exchange) throws IOException {
    return wish(exchange, FormFields.query(exchange.query()), "JSON") != null;
  }

  /** A wish by header or parameter, in any case; 0 and nothing are none. */
  private static @Nullable String wish(Exchange exchange, FormFields query, String name) {
    return exchange
        .header(name)
        .or(() -> query.names().filter(name::equalsIgnoreCase).findFirst().flatMap(query::first))
        .filter(value -> !value.isEmpty() && !value.equals("0"))
        .orElse(null);
  }

  private void await(UploadId id) {
    try {
      uploads.awaitHashes(id, WireLimits.REPORT_PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Those of few files are in nobody's way, and wait for nobody. */
  private CallsAtOnce.Place place(Exchange exchange, @Nullable Access caller, int files) {
    if (files <= WireLimits.SHORT_REPORT_FILES) {
      return () -> {};
    }
    return caller == null ? gate.enter(exchange) : gate.enter(exchange, caller);
  }

  private UploadReport find(UploadId id, @Nullable Access caller) {
    Optional<UploadReport> report =
        caller == null ? uploads.report(id) : uploads.report(id, caller);
    return report.orElseThrow(() -> new Failure.NotFound().asException());
  }

  private static void json(JsonGenerator json, UploadReport report, Origin origin) {
    json.writeStartObject();
    json.writeNumberProperty("incoming", FileJson.bit(report.incoming()));
    json.writeArrayPropertyStart("links");
    report.kept().forEach(file -> kept(json, file, origin));
    json.writeEndArray();
    if (!report.refused().isEmpty()) {
      json.writeArrayPropertyStart("refused");
      report.refused().forEach(file -> refused(json, file));
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void kept(JsonGenerator json, UploadedFile.Kept file, Origin origin) {
    json.writeStartObject();
    json.writeStringProperty("download", LinkAddress.of(origin.url(), file.link()));
    json.writeStringProperty("filename", file.name());
    json.writeStringProperty("remove", removal(file, origin));
    json.writeStringProperty("size", Long.toString(file.size()));
    json.writeStringProperty("whirlpool", file.whirlpool());
    json.writeStringProperty("sha256", file.sha256());
    json.writeStringProperty("modified", ParisTime.write(file.modified()));
    json.writeEndObject();
  }

  private static void refused(JsonGenerator json, UploadedFile.Refused file) {
    json.writeStartObject();
    json.writeStringProperty("filename", file.name());
    json.writeStringProperty("size", Long.toString(file.size()));
    json.writeStringProperty("message", file.reason());
    json.writeEndObject();
  }

  /** The removal link of a guest's file; empty for others. */
  static String removal(UploadedFile.Kept file, Origin origin) {
    return file.removalCode().isEmpty()
        ? ""
        : RemovalPage.url(origin, file.link(), file.removalCode());
  }

  /** {@code name;size;download id;remove id;domain id;} a line. */
  private static String text(UploadReport report) {
    var lines = new StringBuilder();
    for (UploadedFile.Kept file : report.kept()) {
      lines
          .append(WebPage.field(file.name()))
          .append(';')
          .append(file.size())
          .append(';')
          .append(file.link())
          .append(';')
          .append(file.removalCode())
          .append(';')
          .append(file.domain())
          .append(";\n");
    }
    return lines.toString();
  }
}
