package io.consigne.server.admin;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.consigne.core.audit.Audit;
import io.consigne.core.audit.AuditLimits;
import io.consigne.core.audit.Noted;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the operator wants to see of an account's audit log.
 *
 * @param account the account's e-mail
 * @param since how far to look back
 * @param count how many lines at most
 * @param json a JSON object a line, in place of a table
 * @param columns of the terminal; 0 if there is none
 */
@JsonTypeName("audit")
public record AuditQuestion(String account, Duration since, int count, boolean json, int columns)
    implements AdminRequest.Quick {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** The lines, oldest first; in a table it stands above when long ones were as many as fit. */
  String answer(Audit.Page page) {
    List<Noted> lines = page.lines().reversed();
    if (json) {
      return lines.stream().map(JSON::writeValueAsString).collect(Collectors.joining("\n"));
    }
    boolean cut = page.more() && lines.size() < Math.min(count, AuditLimits.LINES_A_PAGE);
    return (cut ? "(older lines are left out: these are long)\n" : "") + table(lines, columns);
  }

  private static String table(List<Noted> lines, int columns) {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("TIME", "WHO", "ADDRESS", "CLIENT", "ACTION", "OUTCOME", "WHAT"));
    for (Noted line : lines) {
      rows.add(
          List.of(
              line.at().truncatedTo(ChronoUnit.SECONDS).toString(),
              who(line),
              line.address(),
              printable(line.client()),
              line.action(),
              printable(line.outcome()),
              printable(what(line.things()))));
    }
    return Table.of(rows, columns);
  }

  private static String who(Noted line) {
    String opened = line.key().isEmpty() ? line.actor() : line.key();
    return printable((line.account() + " " + opened).strip());
  }

  private static String what(List<String> things) {
    return things.isEmpty()
        ? ""
        : things.getFirst() + (things.size() == 1 ? "" : " and " + (things.size() - 1) + " more");
  }

  /** What a client sent must not steer the operator's terminal. */
  private static String printable(String text) {
    return text.codePoints()
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
