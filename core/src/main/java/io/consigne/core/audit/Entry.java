package io.consigne.core.audit;

import io.consigne.core.ids.AccountId;
import java.util.List;

/**
 * One line to note.
 *
 * @param account whose log it goes to: the owner of what was done something to
 * @param actor who did it
 * @param action what was done
 * @param outcome {@link #DONE}, or why it was refused; never a secret
 * @param things what it was done to, each with its id and name; never a secret
 */
public record Entry(
    AccountId account, Actor actor, Action action, String outcome, List<String> things) {
  /** The outcome of what was done. */
  public static final String DONE = "done";

  /** Copies the things. */
  public Entry {
    things = List.copyOf(things);
  }

  /** Something that was done. */
  public static Entry done(AccountId account, Actor actor, Action action, List<String> things) {
    return new Entry(account, actor, action, DONE, things);
  }

  /** Something that was done to one thing. */
  public static Entry done(AccountId account, Actor actor, Action action, String thing) {
    return done(account, actor, action, List.of(thing));
  }
}
