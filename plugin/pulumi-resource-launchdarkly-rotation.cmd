@echo off
rem Starts the plugin with the Node.js on PATH.
where node >nul 2>nul
if errorlevel 1 goto missing
node "%~dp0plugin.cjs" %*
exit /b %errorlevel%
:missing
echo. 1>&2
echo This is no bug: the plugin launchdarkly-rotation can't start without Node.js 22 or newer, and there is no node on PATH. Install it: https://nodejs.org 1>&2
exit /b 1
