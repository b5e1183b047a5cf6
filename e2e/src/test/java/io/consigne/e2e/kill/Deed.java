package io.consigne.e2e.kill;

import io.consigne.e2e.MultipartForm;
import java.io.IOException;
import java.util.List;

/** One request of a client, and what it has when the request was carried out. */
sealed interface Deed {
  /** What the client has afterwards. */
  Shelf after();

  /** What sort of change it is. */
  Kind kind();

  /** Sends the request; returns when it was answered. */
  void send(Wire wire, Places places) throws IOException;

  /** A call of the API. */
  record Call(Kind kind, String what, Request request, Shelf after) implements Deed {
    @Override
    public void send(Wire wire, Places places) throws IOException {
      request.send(wire, places);
    }

    @Override
    public String toString() {
      return what;
    }
  }

  /** An upload of one or more files into a folder. */
  record Posting(String id, String folder, List<NewFile> files, Shelf after) implements Deed {
    private static final int DONE = 302;
    private static final int DONE_BEFORE = 409;

    @Override
    public Kind kind() {
      return Kind.UPLOAD;
    }

    @Override
    public void send(Wire wire, Places places) throws IOException {
      expect(DONE, wire, places);
    }

    /** Sends it again, by somebody who does not know whether it was carried out. */
    void sendAgain(boolean wasDone, Wire wire, Places places) throws IOException {
      expect(wasDone ? DONE_BEFORE : DONE, wire, places);
    }

    private void expect(int status, Wire wire, Places places) throws IOException {
      int answered = wire.upload(id, form(places));
      if (answered != status) {
        throw new AssertionError(this + ": answered with " + answered + ", not " + status);
      }
    }

    private MultipartForm form(Places places) throws IOException {
      var form = new MultipartForm().field("did", Long.toString(places.folder(folder)));
      files.forEach(file -> form.file(file.name(), file.content().bytes()));
      return form;
    }

    @Override
    public String toString() {
      return "upload " + id + " of " + files;
    }
  }

  /** An upload that the client breaks off: nothing comes of it. */
  record BrokenOff(Posting posting, int sent, Shelf after) implements Deed {
    @Override
    public Kind kind() {
      return Kind.OTHER;
    }

    @Override
    public void send(Wire wire, Places places) throws IOException {
      wire.breakOff(posting.form(places), sent);
    }
  }

  /** Sorts of changes, each of which takes another way through the host. */
  enum Kind {
    UPLOAD("uploads"),
    /** Of files or folders, to another folder or name. */
    MOVE("moves"),
    /** Of files or folders. */
    REMOVAL("removals"),
    OTHER("others");

    private final String plural;

    Kind(String plural) {
      this.plural = plural;
    }

    @Override
    public String toString() {
      return plural;
    }
  }

  /**
   * A file to upload.
   *
   * @param name its name
   * @param content its bytes
   */
  record NewFile(String name, Content content) {
    @Override
    public String toString() {
      return name + " (" + content.bytes().length + " bytes)";
    }
  }

  /** Sends one request. */
  @FunctionalInterface
  interface Request {
    /** Sends it and takes the answer. */
    void send(Wire wire, Places places) throws IOException;
  }
}
