// The subpath @atelier/sdk/tools: the list of tools with its schemas and words, and nothing that loads the AI SDK. For servers that
// must answer at once.
export { approvalMessage, type ProposedWork } from './agent/approval-words.ts';
export { type QuestionWords, questionMessage, toolMessage, verifyMessage } from './agent/messages.ts';
export { languageOf } from './capabilities/ask/ask.ts';
export type { Language } from './capabilities/ask/contract.ts';
export { verificationSchema } from './capabilities/shared/receipt.ts';
export { type Candidate, candidateSchema } from './capabilities/target/target.ts';
export { safeName, safeNamePattern } from './storage/safe-name.ts';
export { writeFileWhole } from './storage/write-file-whole.ts';
export type { ToolAnnotations, ToolDefinition } from './tools/define-tool.ts';
export { plannedToolNames, type ToolName, toolSchemas } from './tools/schemas.ts';
export { toolDefinitions } from './tools/tools.ts';
