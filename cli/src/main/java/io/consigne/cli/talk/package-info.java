/**
 * The habits of all commands of a client: what goes to which stream, how failures end the process,
 * JSON, progress, questions, options from the environment.
 */
@NullMarked
package io.consigne.cli.talk;

import org.jspecify.annotations.NullMarked;
