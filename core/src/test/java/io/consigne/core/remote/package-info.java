@NullMarked
package io.consigne.core.remote;

import org.jspecify.annotations.NullMarked;
