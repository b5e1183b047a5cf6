/** Tests of how limits are told. */
@NullMarked
package io.consigne.server.limits;

import org.jspecify.annotations.NullMarked;
