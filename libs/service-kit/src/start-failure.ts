import { ConfigError, type Config } from './config.js';

type SystemError = Error & { readonly code?: string; readonly syscall?: string };

const PATH_CODES = ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'ENOTDIR', 'EEXIST', 'ENOENT'];

const listening = ({ code }: SystemError, { port: number, host }: Config): string => {
  if (code === 'EADDRINUSE') return `PORT: ${host}:${number} 已被占用:是否已经启动?请停止占用它的程序,或另设 PORT / ${host}:${number} is taken: is it running already? Stop what uses it, or set another PORT`;
  if (code === 'EACCES') return `PORT: 无权使用端口 ${number},请换用 1024 以上的端口 / port ${number} may not be used: set one above 1024`;
  return `HOST: 本机没有地址 ${host} / this machine has no address ${host}`;
};

type Reading = (error: SystemError, config: Config) => string | null;

const port: Reading = (error, config) => (['listen', 'bind', 'getaddrinfo'].includes(error.syscall ?? '') ? listening(error, config) : null);

const owner: Reading = ({ message }, { dataDir }) => {
  const pid = /in use by process (\d+)/.exec(message)?.[1];
  return pid ? `DATA_DIR: ${dataDir} 正被进程 ${pid} 使用,请先停止它,或另设 DATA_DIR / ${dataDir} is in use by process ${pid}: stop it first, or set another DATA_DIR` : null;
};

const directory: Reading = ({ code = '', syscall }, { dataDir }) =>
  syscall && PATH_CODES.includes(code) ? `DATA_DIR: 无法写入 ${dataDir}(${code}),请设为可写的目录 / cannot write to ${dataDir} (${code}): set a directory that can be written` : null;

/** Why it did not start, in the words of the configuration; the error itself when no setting helps. */
export const startFailure = (error: unknown, config: Config): unknown => {
  if (!(error instanceof Error)) return error;
  const told = port(error, config) ?? owner(error, config) ?? directory(error, config);
  return told ? new ConfigError([told]) : error;
};
