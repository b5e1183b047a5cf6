package io.consigne.cli.doctor;

import io.consigne.cli.doctor.Finding.Grade;
import io.consigne.cli.profile.Profile;
import io.consigne.cli.remote.RemoteCommand;
import io.consigne.cli.remote.Session;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Surroundings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import picocli.CommandLine.Command;

/** Looks for what is wrong, or will be soon. */
@Command(
    name = "doctor",
    description = "Look at account, key, host and connection: what is wrong, or will be soon.",
    footer = {
      "",
      "A line for each: ok, warn or fail, and what to do about it; ? and why, where it cannot be",
      "told. Exit code 1 if anything fails. It keeps 1fichier.com's limits, and does not wait for",
      "them: what was asked lately is told as this machine remembers it."
    })
public final class DoctorCommand extends RemoteCommand {
  /** A command that runs there. */
  public DoctorCommand(Surroundings around) {
    super(around);
  }

  @Override
  protected Exit run(Session session) throws IOException {
    Profile profile = session.profile(null);
    List<Finding> findings = new ArrayList<>();
    boolean tells = !session.talk().isJson();
    new Examination(
            session,
            profile,
            finding -> {
              findings.add(finding);
              if (tells) {
                session.talk().line(finding.line());
                session.talk().flush();
              }
            })
        .run();
    if (!tells) {
      var data = new LinkedHashMap<String, Object>();
      data.put("profile", profile.name());
      data.put("url", profile.url().toString());
      data.put("findings", findings.stream().map(Finding::json).toList());
      session.talk().data(data);
    }
    boolean failed = findings.stream().anyMatch(finding -> finding.grade() == Grade.FAIL);
    return failed ? Exit.FAILED : Exit.OK;
  }
}
