/**
 * Administration of a host: what the operator's commands ask for, carried out by the running server
 * over a socket in its data directory, or by the command itself when no server runs.
 */
@NullMarked
package io.consigne.server.admin;

import org.jspecify.annotations.NullMarked;
