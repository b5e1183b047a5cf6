/** Tests of what the operator's commands print. */
@NullMarked
package io.consigne.server.commands;

import org.jspecify.annotations.NullMarked;
