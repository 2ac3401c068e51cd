package org.sparkvae.kinds;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a component is, as the documentation of the settings says it, and what it may be. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
  /** A sentence; empty where all kinds share the setting, and reference.conf says it. */
  String says() default "";

  /**
   * The default, as a settings file writes it; of a component that has kinds, the name of one.
   * Empty for none. It also stands for what was not there when a description was written.
   */
  String otherwise() default "";

  /** The least that a number, or each number of a list, may be. */
  double least() default Double.NEGATIVE_INFINITY;

  /** The most that it may be. */
  double most() default Double.POSITIVE_INFINITY;

  /** What it must be above. */
  double above() default Double.NEGATIVE_INFINITY;

  /** What it must be below. */
  double below() default Double.POSITIVE_INFINITY;

  /** The choice that is none here, as a settings file would write it; empty where all are. */
  String not() default "";
}
