package io.consigne.client.standin;

import io.consigne.client.standin.RawHttp.Reply;
import io.consigne.client.standin.RawHttp.Request;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The calls of the 1fichier API that the SDK makes, as 1fichier.com answers them. */
final class StandInApi implements Answering {
  private static final String V1 = "/v1/";

  private final FileAnswers files;
  private final FolderAnswers folders;
  private final RemoteAnswers remote;
  private final TransferAnswers transfers;
  private final PublicAnswers pages;

  StandInApi(StandInFiles files, StandInFetches fetches, String host) {
    this.files = new FileAnswers(files);
    this.folders = new FolderAnswers(files, this.files, host);
    this.remote = new RemoteAnswers(files, fetches);
    this.transfers = new TransferAnswers(files, host);
    this.pages = new PublicAnswers(files);
  }

  @Override
  public Reply answer(Request request) {
    String path = request.path();
    if (path.startsWith(V1)) {
      return call(path.substring(V1.length()), Told.body(request));
    }
    if (path.startsWith("/p")) {
      return transfers.download(request, path.substring(2));
    }
    if (path.startsWith("/dir/")) {
      return pages.folder(path.substring(5), request);
    }
    return switch (path) {
      case "/upload.cgi" -> transfers.upload(request);
      case "/end.pl" -> transfers.report(request.query("xid"));
      case "/" -> pages.file(request);
      case "/check_links.pl" -> pages.check(request);
      default -> Told.missing();
    };
  }

  /** Nothing that has to be read and written together is read and written by two at once. */
  private synchronized Reply call(String path, JsonNode body) {
    return switch (path) {
      case "upload/get_upload_server.cgi" -> transfers.place();
      case "download/get_token.cgi" -> transfers.token(body);
      case "user/info.cgi" -> Told.ok(Map.of("status", "OK", "email", "alice@example.org"));
      case "file/ls.cgi" -> files.list(body);
      case "file/info.cgi" -> files.info(body);
      case "file/rm.cgi" -> files.remove(body);
      case "file/mv.cgi" -> files.move(body);
      case "file/rename.cgi" -> files.rename(body);
      case "file/cp.cgi" -> files.copy(body);
      case "file/chattr.cgi" -> files.change(body);
      case "folder/ls.cgi" -> folders.list(body);
      case "folder/mkdir.cgi" -> folders.make(body);
      case "folder/mv.cgi" -> folders.move(body);
      case "folder/rm.cgi" -> folders.remove(body);
      case "folder/share.cgi" -> folders.share(body);
      case "remote/request.cgi" -> remote.request(body);
      case "remote/ls.cgi" -> remote.list();
      case "remote/info.cgi" -> remote.info(body);
      default -> Told.missing();
    };
  }
}
