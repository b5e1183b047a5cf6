package io.consigne.client.cache;

import io.consigne.client.model.Folder.Guest;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Accounts that folders are shared with, as text: each a line of two letters and the e-mail. */
final class Guests {
  private static final int LETTERS = 2;

  private Guests() {}

  static String text(List<Guest> guests) {
    return guests.stream()
        .map(guest ->
            (guest.writes() ? "w" : "-") + (guest.hidesLinks() ? "h" : "-") + guest.email())
        .collect(Collectors.joining("\n"));
  }

  static List<Guest> parse(@Nullable String text) {
    return text == null
        ? List.of()
        : text.lines()
            .map(line ->
                new Guest(line.substring(LETTERS), line.charAt(0) == 'w', line.charAt(1) == 'h'))
            .toList();
  }
}
