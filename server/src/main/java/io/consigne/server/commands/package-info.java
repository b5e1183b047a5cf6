/**
 * The operator's commands. Each is found at run time as a {@link java.util.spi.ToolProvider}, so
 * that the commands of the client side load no server.
 */
@NullMarked
package io.consigne.server.commands;

import org.jspecify.annotations.NullMarked;
