/**
 * The API that articles about the 1fichier key describe, which 1fichier itself does not have:
 * translates requests into calls of core and their outcome into answers, and keeps no state. What
 * the articles leave open is decided in {@code docs/wire-guide.md}.
 */
@NullMarked
package io.consigne.server.api.guide;

import org.jspecify.annotations.NullMarked;
