/** Error kinds: of the real libraries' classes, and of our codes. */
const CLASSES: Record<string, string> = {
  ConstructorError: 'yaml-syntax',
  ScannerError: 'yaml-syntax',
  ParserError: 'yaml-syntax',
  ComposerError: 'yaml-syntax',
  ReaderError: 'yaml-syntax',
  OSError: 'yaml-syntax',
  GrammarParseError: 'interpolation-syntax',
  // The generated parser's own, where a bracket closes that was never opened.
  Exception: 'interpolation-syntax',
  InterpolationKeyError: 'interpolation-key',
  InterpolationToMissingValueError: 'missing',
  MissingMandatoryValue: 'missing',
  InterpolationResolutionError: 'interpolation-eval',
  UnsupportedInterpolationType: 'interpolation-eval',
  InterpolationValidationError: 'interpolation-eval',
  ValidationError: 'validation',
  UnsupportedValueType: 'validation',
  KeyValidationError: 'validation',
  ConfigValueError: 'validation',
  ConfigKeyError: 'key',
  ConfigAttributeError: 'key',
  ConfigIndexError: 'key',
  ConfigTypeError: 'type',
  TypeError: 'type',
  AssertionError: 'type',
  ReadonlyConfigError: 'readonly',
  OverrideParseException: 'override-syntax',
  ConfigCompositionException: 'composition',
  MissingConfigException: 'composition',
  ConfigLoadError: 'composition',
  RecursionError: 'composition',
  InstantiationException: 'instantiate',
};

export function kindOfClass(name: string, op: string): string {
  if (name === 'HydraException')
    return op === 'hydra.override' || op === 'hydra.sweep' ? 'override-syntax' : 'composition';
  if (name === 'ValueError' && (op === 'hydra.override' || op === 'hydra.sweep')) return 'override-syntax';
  if (name === 'ValueError') return op.startsWith('hydra') ? 'composition' : 'type';
  return CLASSES[name] ?? name;
}

const CODES: Record<string, string[]> = {
  'duplicate-key': ['yaml-syntax'],
  'interpolation-cycle': ['interpolation-eval'],
  'unknown-key': ['validation', 'key'],
  override: ['composition'],
  include: ['composition'],
  file: ['composition'],
};

/** The kinds that a code of ours counts as. */
export const kindsOfCode = (code: string): string[] => CODES[code] ?? [code];
