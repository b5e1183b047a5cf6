package io.consigne.cli.remoteupload;

import io.consigne.client.RemoteUploads;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.RemoteSources;
import io.consigne.client.model.RemoteUpload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Asks a host for many sources, in as many requests as they need. */
final class Asking {
  private final RemoteUploads uploads;
  private final FolderId folder;
  private final Map<String, String> headers;
  private final SourceKeys keys;
  private final List<Requested> made = new ArrayList<>();

  Asking(RemoteUploads uploads, FolderId folder, Map<String, String> headers, SourceKeys keys) {
    this.uploads = uploads;
    this.folder = folder;
    this.headers = headers;
    this.keys = keys;
  }

  /**
   * Asks for all; when it fails, some of it may have been asked for. None of several goes alone: a
   * request whose only source is refused is refused with it.
   */
  void ask(List<Listed> sources) throws IOException {
    int requests = Math.ceilDiv(sources.size(), RemoteUploads.SOURCES);
    for (int i = 0; i < requests; i++) {
      long from = (long) sources.size() * i / requests;
      long to = (long) sources.size() * (i + 1) / requests;
      made.add(request(List.copyOf(sources.subList((int) from, (int) to))));
    }
  }

  private Requested request(List<Listed> some) throws IOException {
    List<String> urls = some.stream().map(Listed::url).toList();
    RemoteUpload.Made answer = uploads.add(new RemoteSources(urls, headers, keys.of(urls)), folder);
    List<Refused> refused =
        answer.refused().stream()
            .map(each -> new Refused(some.get(each.position()), each.url(), each.message()))
            .toList();
    return new Requested(answer.request().id(), some.size(), refused);
  }

  /** The requests that were made. */
  List<Requested> made() {
    return made;
  }

  /**
   * A request.
   *
   * @param id its number
   * @param sources how many it has
   * @param refused those that the host refused at once
   */
  record Requested(long id, int sources, List<Refused> refused) {}

  /**
   * A source that was refused.
   *
   * @param source as it was given
   * @param url as it may be shown
   * @param message why
   */
  record Refused(Listed source, String url, String message) {
    /** A line for people. */
    String line() {
      String where = source.where().isEmpty() ? "" : source.where() + ": ";
      return "refused: " + where + url + ": " + message;
    }

    @Override
    public String toString() {
      return line();
    }
  }
}
