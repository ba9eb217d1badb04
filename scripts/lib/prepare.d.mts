export const PANEL_SOURCES: readonly string[];
export const SUPERVISOR_YOUNG_MIB: number;
export function runtimeArguments(program: string, youngMib?: number): readonly string[];
