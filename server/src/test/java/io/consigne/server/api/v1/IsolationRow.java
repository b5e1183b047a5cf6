package io.consigne.server.api.v1;

import io.consigne.server.api.v1.IsolationStage.Caller;
import io.consigne.server.api.v1.IsolationTarget.Names;
import io.consigne.server.api.v1.IsolationTarget.Outcome;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One request about any target, and how it ends: what is not named is answered as if it did not
 * exist.
 */
final class IsolationRow {
  private static final Set<Caller> KNOWN =
      EnumSet.of(Caller.KEY, Caller.PASSWORD, Caller.CONFINED, Caller.READER);

  /** A further file and folder of Mallory's own. */
  private static final String SPARE_FILE = "{spare}";

  private static final String SPARE_FOLDER = "{sparefolder}";

  /** What leads to the link of a file whose listing hides it. */
  private static final List<String> LINKS =
      List.of("{link}", "{id}", "{dir}", "{report}", "{download}");

  final String address;
  private final String line;
  private final String type;
  private final String body;
  private final Map<IsolationTarget, Outcome> outcomes = new EnumMap<>(IsolationTarget.class);
  private Set<Caller> callers = EnumSet.of(Caller.KEY);
  private boolean anybody;
  private boolean ofGuide;
  private boolean keeps;
  private String headers = "";

  IsolationRow(String address, String line, String type, String body) {
    this.address = address;
    this.line = line;
    this.type = type;
    this.body = body;
  }

  IsolationRow with(String more) {
    headers = more;
    return this;
  }

  /** Who is not known is not turned away. */
  IsolationRow anybody() {
    anybody = true;
    return this;
  }

  /** It is the guide's, which tells in words of its own who is not known. */
  IsolationRow ofGuide() {
    ofGuide = true;
    return this;
  }

  /** It keeps a file, and tells its link, which is new each time. */
  IsolationRow keeps() {
    keeps = true;
    return this;
  }

  IsolationRow by(Caller first, Caller... more) {
    return by(EnumSet.of(first, more));
  }

  IsolationRow by(Set<Caller> all) {
    callers = all;
    return this;
  }

  IsolationRow opens(IsolationTarget... targets) {
    return put(Outcome.OPENS, targets);
  }

  /** Who may write in a folder of another does this, too. */
  IsolationRow lets() {
    return opens(IsolationTarget.WRITABLE);
  }

  IsolationRow tells(IsolationTarget... targets) {
    return put(Outcome.TOLD, targets);
  }

  IsolationRow sees(IsolationTarget... targets) {
    return put(Outcome.SEEN, targets);
  }

  /** As about nothing, by its answer: what an upload names in vain goes into the root. */
  IsolationRow unlike(IsolationTarget... targets) {
    return put(Outcome.AS_MISSING, targets);
  }

  IsolationRow conflicts(IsolationTarget... targets) {
    return put(Outcome.CONFLICT, targets);
  }

  private IsolationRow put(Outcome outcome, IsolationTarget... targets) {
    for (IsolationTarget target : targets) {
      outcomes.put(target, outcome);
    }
    return this;
  }

  Set<Caller> callers() {
    return callers;
  }

  /** Whether this caller is turned away whatever it asks for. */
  boolean isRefused(Caller caller) {
    return !anybody && !KNOWN.contains(caller);
  }

  /** The status for a caller who is turned away. */
  int refusal() {
    return ofGuide ? 400 : 401;
  }

  /** Whether the request has the link of the file, or something that may be exchanged for it. */
  boolean hasLink() {
    return LINKS.stream().anyMatch(name -> (line + body).contains(name));
  }

  Outcome outcome(IsolationTarget target, Caller caller) {
    IsolationTarget like =
        switch (target) {
          case BESIDE -> IsolationTarget.FOREIGN;
          case WRITABLE -> outcomes.containsKey(target) ? target : IsolationTarget.READ_ONLY;
          default -> target;
        };
    Outcome stated = outcomes.getOrDefault(like, Outcome.AS_MISSING);
    return isRefused(caller) || caller == Caller.CONFINED ? Outcome.AS_MISSING : stated;
  }

  /** Sends the request about a target; in the answer an e-mail that it named is no news. */
  String send(IsolationStage stage, Caller caller, IsolationTarget target, Names names) {
    String content = type.isEmpty() ? "" : "Content-Type: " + type + "|";
    String answer =
        RawCall.send(
            stage.port(),
            filled(stage, line, target, names),
            filled(stage, headers, target, names) + content + stage.authorization(caller),
            filled(stage, body, target, names));
    answer = keeps ? answer.replaceAll("\\?[0-9a-z]{20}", "?NEW") : answer;
    return body.contains("{email}") ? answer.replace(names.email(), "EMAIL") : answer;
  }

  /** The body about something of Mallory's own. */
  String body(IsolationStage stage, Names own) {
    return filled(stage, body, IsolationTarget.OWN, own);
  }

  private static String filled(
      IsolationStage stage, String template, IsolationTarget target, Names names) {
    String text = names.fill(template, target);
    if (text.contains(SPARE_FILE)) {
      text = text.replace(SPARE_FILE, "http://h/?" + stage.spareFile());
    }
    return text.contains(SPARE_FOLDER)
        ? text.replace(SPARE_FOLDER, Long.toString(stage.spareFolder()))
        : text;
  }

  @Override
  public String toString() {
    return line + " " + headers + body;
  }
}
