package io.consigne.cli.remoteupload;

import io.consigne.cli.remote.RemoteCommand;
import io.consigne.cli.remote.Session;
import io.consigne.cli.talk.Amount;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Surroundings;
import io.consigne.client.model.RemoteUpload;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;

/** Lists requests. */
@Command(name = "list", description = "List requests, newest first: number, made, ended.")
final class ListCommand extends RemoteCommand {
  ListCommand(Surroundings around) {
    super(around);
  }

  @Override
  protected Exit run(Session session) throws IOException {
    List<RemoteUpload> all = NumberedCommand.uploads(session).list();
    if (session.talk().isJson()) {
      session.talk().data(all.stream().map(ListCommand::json).toList());
      return Exit.OK;
    }
    for (RemoteUpload upload : all) {
      session
          .talk()
          .line(
              String.format(
                  Locale.ROOT,
                  "%8d  %19s  %s",
                  upload.id(),
                  Amount.moment(upload.requested()),
                  Amount.moment(upload.endedOrNull())));
    }
    return Exit.OK;
  }

  private static Map<String, Object> json(RemoteUpload upload) {
    var row = new LinkedHashMap<String, Object>();
    row.put("id", upload.id());
    if (upload.requested() != null) {
      row.put("requested", upload.requested().toString());
    }
    upload.ended().ifPresent(ended -> row.put("ended", ended.toString()));
    return row;
  }
}
