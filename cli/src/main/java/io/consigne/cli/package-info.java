/**
 * The command line: one program, {@code consigne}, whose commands are its own and those that the
 * class path offers as {@link java.util.spi.ToolProvider}.
 */
@NullMarked
package io.consigne.cli;

import org.jspecify.annotations.NullMarked;
