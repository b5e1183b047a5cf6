package io.consigne.server.api.guide;

import io.consigne.core.accounts.Access;
import io.consigne.core.audit.Audit;
import io.consigne.core.failure.FailureException;
import io.consigne.core.limits.Payer;
import io.consigne.core.limits.Transfer;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.uploads.Sender;
import io.consigne.core.uploads.Upload;
import io.consigne.core.uploads.UploadForm;
import io.consigne.core.uploads.UploadReport;
import io.consigne.core.uploads.UploadedFile;
import io.consigne.core.uploads.Uploads;
import io.consigne.server.http.Boundary;
import io.consigne.server.http.Exchange;
import io.consigne.server.http.Multipart;
import io.consigne.server.http.Part;
import io.consigne.server.limits.Gate;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes files in, whatever their fields are called, and answers with their links at once. A key in
 * the form stands before the first file; the folder may follow.
 */
final class GuideUpload {
  private final Uploads uploads;
  private final KeyPlaces keys;
  private final Gate gate;
  private final Audit audit;

  GuideUpload(Uploads uploads, KeyPlaces keys, Gate gate, Audit audit) {
    this.uploads = uploads;
    this.keys = keys;
    this.gate = gate;
    this.audit = audit;
  }

  /**
   * Reads to the end of the body and keeps what may be kept.
   *
   * @throws io.consigne.core.failure.FailureException if nothing was kept, with the reason of the
   *     first file
   * @throws io.consigne.server.http.MalformedBody if the body is not whole; nothing was kept
   */
  GuideEndpoint.Answer read(Exchange exchange, Parameters query) throws IOException {
    var body =
        new Multipart(
            exchange.body(),
            Boundary.ofContentType(exchange.header("Content-Type").orElse("")),
            new byte[GuideLimits.UPLOAD_BUFFER_BYTES],
            ParameterReader.PARTS);
    var fields = new Parameters();
    Part first = ParameterReader.fieldsBeforeFiles(body, fields);
    Access access = keys.open(exchange, query, fields);
    try (Transfer transfer = gate.upload(exchange, Payer.of(access));
        Upload upload = uploads.begin(uploads.newId(), Sender.identified(access))) {
      upload.expect(() -> form(both(fields, query)));
      for (Part part = first; part != null; part = body.nextPart()) {
        ParameterReader.field(part, fields);
        file(upload, transfer, part);
      }
      var _ = KeyPlaces.only(exchange, query, fields);
      fields.addAll(query);
      UploadReport report = upload.commit(form(fields)).requireKept();
      return answer(
          new GuideCall(
              access, exchange.clientAddress(), exchange.origin(), exchange.hosts(), fields),
          report);
    } catch (FailureException e) {
      audit.refused(access.actor(), exchange.path(), fields.named(), e.failure());
      throw e;
    }
  }

  /** Takes one file; a browser's empty field is none. */
  private static void file(Upload upload, Transfer transfer, Part part) throws IOException {
    if (part.fileName().isPresent()) {
      String name = part.fileName().get();
      ByteBuffer bytes = part.next();
      if (!name.isEmpty() || bytes != null) {
        upload
            .file(name, null)
            .receive(transfer.counted(bytes), () -> transfer.counted(part.next()));
        transfer.fileEnded();
      }
    }
  }

  private static Parameters both(Parameters fields, Parameters query) {
    var both = new Parameters();
    both.addAll(fields);
    both.addAll(query);
    return both;
  }

  private static UploadForm form(Parameters fields) {
    FolderRef folder = fields.folder(Parameters.FOLDER).orElse(FolderRef.ROOT);
    return new UploadForm(folder, 0, null, null);
  }

  private static GuideEndpoint.Answer answer(GuideCall call, UploadReport report) {
    List<Map<String, Object>> links = report.kept().stream().map(file -> link(call, file)).toList();
    var members = new LinkedHashMap<String, Object>(links.getFirst());
    members.put("links", links);
    if (!report.refused().isEmpty()) {
      members.put("refused", report.refused().stream().map(GuideUpload::refused).toList());
    }
    return GuideEndpoint.Answer.of(members);
  }

  /** The names are those of 1fichier's own report, and {@code url} as everywhere here. */
  private static Map<String, Object> link(GuideCall call, UploadedFile.Kept file) {
    String url = call.url(file.link());
    return Map.of("url", url, "download", url, "filename", file.name(), "size", file.size());
  }

  private static Map<String, Object> refused(UploadedFile.Refused file) {
    return Map.of("filename", file.name(), "size", file.size(), "message", file.reason());
  }
}
