package io.consigne.core.defense;

import io.consigne.core.audit.Action;
import io.consigne.core.ids.AccountId;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a password opens.
 *
 * @param target what wrong passwords are counted by; a door that does not exist has one, too
 * @param ownerOrNull whose log tells of wrong passwords, null if the door does not exist
 * @param hashOrNull of the right password, null if no password opens it
 * @param action what was tried
 * @param thing what it was tried on, for the log
 * @param renew takes a new hash of the right password, when the old one is of another strength
 */
public record Door(
    String target,
    @Nullable AccountId ownerOrNull,
    @Nullable String hashOrNull,
    Action action,
    String thing,
    Consumer<String> renew) {
  @Override
  public String toString() {
    return "Door[" + action.label() + " " + thing + "]";
  }
}
