package io.consigne.client.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Names as a host takes them. 1fichier.com mangles some characters, and blanks at the ends
 * (reference: 1fichier-api, 2.5): there each stands for itself as a look-alike, as rclone has it,
 * and comes back as what it was. A look-alike that is part of a name has a mark in front.
 */
enum Names {
  /** They go as they are. */
  PLAIN {
    @Override
    String there(String name) {
      return name;
    }

    @Override
    String here(String name) {
      return name;
    }
  },

  /** What is mangled goes as its look-alike. */
  LOOK_ALIKE {
    @Override
    String there(String name) {
      var there = new StringBuilder(name.length() + 4);
      for (int i = 0; i < name.length(); i++) {
        char c = name.charAt(i);
        boolean atEnd = i == 0 || i == name.length() - 1;
        int mangled = MANGLED.indexOf(c);
        if (c == ' ' && atEnd) {
          there.append(BLANK);
        } else if (mangled >= 0) {
          there.append(ALIKE.charAt(mangled));
        } else {
          there.append(isMarked(c, atEnd) ? String.valueOf(MARK) : "").append(c);
        }
      }
      return there.toString();
    }

    @Override
    String here(String name) {
      var here = new StringBuilder(name.length());
      for (int i = 0; i < name.length(); i++) {
        char c = name.charAt(i);
        boolean last = i == name.length() - 1;
        if (c == MARK && !last && isMarked(name.charAt(i + 1), true)) {
          i++;
          here.append(name.charAt(i));
        } else {
          here.append(meant(c, i == 0 || last));
        }
      }
      return here.toString();
    }
  };

  private static final String MANGLED = "\\<>\"'`$";
  private static final String ALIKE = "＼＜＞＂＇｀＄";
  private static final char BLANK = '␠';
  private static final char MARK = '‛';

  /** Members of requests and answers that are names. */
  private static final List<String> MEMBERS = List.of("filename", "name", "rename");

  /** A name as the host is told it. */
  abstract String there(String name);

  /** A name that the host tells. */
  abstract String here(String name);

  private static boolean isMarked(char c, boolean atEnd) {
    return c == MARK || ALIKE.indexOf(c) >= 0 || (c == BLANK && atEnd);
  }

  private static char meant(char c, boolean atEnd) {
    int alike = ALIKE.indexOf(c);
    return alike >= 0 ? MANGLED.charAt(alike) : c == BLANK && atEnd ? ' ' : c;
  }

  /** The members of a request, with names as the host is told them. */
  Map<String, ?> request(Map<String, ?> members) {
    if (this == PLAIN) {
      return members;
    }
    var told = new TreeMap<String, Object>();
    members.forEach((member, value) -> told.put(member, request(member, value)));
    return told;
  }

  private Object request(String member, Object value) {
    return switch (value) {
      case String text when MEMBERS.contains(member) -> there(text);
      case List<?> list -> list.stream().map(item -> request("", item)).toList();
      case Map<?, ?> map ->
          map.entrySet().stream()
              .collect(
                  Collectors.toMap(
                      entry -> String.valueOf(entry.getKey()),
                      entry -> request(String.valueOf(entry.getKey()), entry.getValue())));
      default -> value;
    };
  }

  /** An object of an answer, with names as they are meant. */
  JsonObject answer(JsonObject told) {
    return this == PLAIN ? told : told.with(this::meant);
  }

  private String meant(String member, String text) {
    if (member.equals("path")) {
      return Arrays.stream(text.split("/", -1)).map(this::here).collect(Collectors.joining("/"));
    }
    return MEMBERS.contains(member) ? here(text) : text;
  }
}
